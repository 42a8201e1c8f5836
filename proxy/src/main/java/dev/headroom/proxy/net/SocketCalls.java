package dev.headroom.proxy.net;

import java.io.FileDescriptor;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * Reading and writing a loop's channels with recv(2) and send(2), where the JDK lets us at the calls that it has for
 * datagrams ({@code Add-Opens: java.base/sun.nio.ch}); elsewhere by the channel itself, which calls read(2) and write(2)
 * under two locks. The way through the kernel's file system costs 0.1 to 0.2 µs a call, and a statement or a request makes
 * four of them. For channels that do not block, on the thread of the loop that they are registered with: while they are,
 * their descriptor is closed by that thread's next look at its selector, so none is used that has become another's.
 *
 * <p>Unlike a channel this way does not remember that the connection was reset: the read that finds it throws, and one
 * after it would find an end. So nobody reads on who was thrown an exception.
 */
public final class SocketCalls {
    /** What the JDK's native methods answer where the other side has ended ({@code sun.nio.ch.IOStatus.EOF}). */
    private static final int END = -1;

    /** A record, so that the compiler may rely on what is in it as it does on constants. */
    private record Natives(MethodHandle receive, MethodHandle send, MethodHandle descriptor, MethodHandle address) {}

    private static final @Nullable Natives NATIVES = natives();

    private SocketCalls() {}

    private static @Nullable Natives natives() {
        try {
            Class<?> calls = Class.forName("sun.nio.ch.DatagramDispatcher");
            Lookup lookup = MethodHandles.privateLookupIn(calls, MethodHandles.lookup());
            MethodType call = MethodType.methodType(int.class, FileDescriptor.class, long.class, int.class);
            Natives natives = new Natives(
                    lookup.findStatic(calls, "read0", call),
                    lookup.findStatic(calls, "write0", call),
                    getter(lookup, "sun.nio.ch.SelChImpl", "getFD", FileDescriptor.class, SocketChannel.class),
                    getter(lookup, "sun.nio.ch.DirectBuffer", "address", long.class, ByteBuffer.class));
            return tried(natives) ? natives : null;
        } catch (IOException | ReflectiveOperationException | RuntimeException | LinkageError e) {
            return null; // a JDK that is not opened to us, or has other insides
        }
    }

    /** Calls both on a socket that has no other side, so that what can't be called, or is slow once, is so here. */
    private static boolean tried(Natives natives) throws IOException {
        try (SocketChannel alone = SocketChannel.open()) {
            alone.configureBlocking(false);
            ByteBuffer none = ByteBuffer.allocateDirect(1);
            return refuses(natives, natives.send, alone, none) && refuses(natives, natives.receive, alone, none);
        }
    }

    private static boolean refuses(Natives natives, MethodHandle call, SocketChannel alone, ByteBuffer none) {
        try {
            call(natives, call, alone, none);
            return false;
        } catch (IOException e) {
            return true; // not connected (ENOTCONN, EPIPE)
        }
    }

    private static MethodHandle getter(Lookup lookup, String type, String name, Class<?> result, Class<?> of)
            throws ReflectiveOperationException {
        return lookup.findVirtual(Class.forName(type), name, MethodType.methodType(result))
                .asType(MethodType.methodType(result, of));
    }

    /** Whether this JDK lets us at its calls; finding that out takes some milliseconds, the first time. */
    static boolean available() {
        return NATIVES != null;
    }

    /** Reads what is there into {@code target}; −1 at the end, 0 where nothing is there now or no room. */
    public static int read(SocketChannel channel, ByteBuffer target) throws IOException {
        Natives natives = NATIVES;
        if (natives == null || !channel.isConnected() || !target.isDirect() || !target.hasRemaining()) {
            return channel.read(target);
        }
        int count = call(natives, natives.receive, channel, target);
        if (count > 0) {
            target.position(target.position() + count);
            return count;
        }
        return count == END ? END : 0;
    }

    /** Writes what the channel takes now; the rest remains in {@code source}. */
    public static void write(SocketChannel channel, ByteBuffer source) throws IOException {
        Natives natives = NATIVES;
        if (natives == null || !channel.isConnected() || !source.isDirect() || !source.hasRemaining()) {
            channel.write(source);
            return;
        }
        int count = call(natives, natives.send, channel, source);
        if (count > 0) {
            source.position(source.position() + count);
        }
    }

    /** How many bytes; otherwise a negative number (unavailable, interrupted) or {@link #END}. */
    private static int call(Natives natives, MethodHandle call, SocketChannel channel, ByteBuffer buffer)
            throws IOException {
        try {
            FileDescriptor descriptor = (FileDescriptor) natives.descriptor.invokeExact(channel);
            long start = (long) natives.address.invokeExact(buffer) + buffer.position();
            return (int) call.invokeExact(descriptor, start, buffer.remaining());
        } catch (IOException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError("the JDK's calls throw no other checked exception", e);
        } finally {
            Reference.reachabilityFence(buffer);
        }
    }
}
