package dev.headroom.cli.sidechannel;

import dev.headroom.proxy.net.EventLoop;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** The connection of one instrumented process: cuts its bytes into lines. Owned by the loop's thread. */
final class ProcessChannel implements EventLoop.Handler {
    private static final int FIRST_BYTES = 16 << 10;
    private static final int LONGEST_LINE = 1 << 20;

    private final SocketChannel socket;
    private final FrameReader frames;
    private final InstrumentationFacts facts;
    private final Consumer<ProcessChannel> closed;
    private final Map<Long, CompletableFuture<String>> questions = new HashMap<>();
    private ByteBuffer buffer = ByteBuffer.allocate(FIRST_BYTES);
    private boolean skipping;
    private long lastToken;

    ProcessChannel(
            SocketChannel socket, FrameReader frames, InstrumentationFacts facts, Consumer<ProcessChannel> closed) {
        this.socket = socket;
        this.frames = frames;
        this.facts = facts;
        this.closed = closed;
    }

    @Override
    public void ready(SelectionKey key) throws IOException {
        if (read() < 0) {
            close();
        }
    }

    /** Reads what has arrived. */
    void readAll() {
        try {
            while (read() > 0) {
                // there may be more
            }
        } catch (IOException e) {
            failed(e);
        }
    }

    /** The process's id; 0 before it has said hello. */
    long pid() {
        return frames.pid();
    }

    /** Asks for the stacks of all threads. */
    void ask(CompletableFuture<String> answer) {
        long token = ++lastToken;
        questions.put(token, answer);
        try {
            socket.write(ByteBuffer.wrap(("Q " + token + "\n").getBytes(StandardCharsets.US_ASCII)));
        } catch (IOException e) {
            failed(e);
        }
    }

    @Override
    public void failed(Throwable cause) {
        close();
    }

    private void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // the process is gone as well
            facts.unreadable();
        }
        questions.values().forEach(answer -> answer.completeExceptionally(new IOException("the process has ended")));
        questions.clear();
        closed.accept(this);
    }

    private int read() throws IOException {
        if (!socket.isOpen()) {
            return -1;
        }
        int count = socket.read(buffer);
        if (count > 0) {
            lines(count);
        }
        return count;
    }

    private void lines(int count) {
        byte[] bytes = buffer.array();
        int end = buffer.position();
        int start = 0;
        for (int at = end - count; at < end; at++) {
            if (bytes[at] == '\n') {
                if (!skipping) {
                    line(new String(bytes, start, at - start, StandardCharsets.UTF_8));
                }
                skipping = false;
                start = at + 1;
            }
        }
        buffer.position(start).limit(end);
        buffer.compact();
        if (!buffer.hasRemaining()) {
            grow();
        }
    }

    private void grow() {
        if (buffer.capacity() >= LONGEST_LINE) {
            facts.unreadable();
            skipping = true;
            buffer.clear();
            return;
        }
        buffer.flip();
        buffer = ByteBuffer.allocate(buffer.capacity() * 2).put(buffer);
    }

    private void line(String line) {
        if (line.startsWith("A ")) {
            answered(line);
        } else {
            frames.take(line);
        }
    }

    private void answered(String line) {
        int space = line.indexOf(' ', 2);
        try {
            CompletableFuture<String> answer = questions.remove(Long.parseLong(line.substring(2, space)));
            if (answer != null) {
                answer.complete(line.substring(space + 1));
            }
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            facts.unreadable();
        }
    }
}
