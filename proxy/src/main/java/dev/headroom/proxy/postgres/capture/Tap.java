package dev.headroom.proxy.postgres.capture;

/** Reads along with one direction of a connection, after its bytes were passed on. Never throws. */
public interface Tap {
    /** Whether it wants the bytes at all. */
    boolean reading();

    /** Whether it wants them now, rather than together with others a little later. */
    boolean hurries();

    /** The next bytes, which it must not keep; {@code nanos} is when they were read. */
    void feed(byte[] bytes, int offset, int length, long nanos);
}
