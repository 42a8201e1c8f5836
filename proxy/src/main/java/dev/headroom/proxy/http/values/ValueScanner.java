package dev.headroom.proxy.http.values;

/** Reads text of one form as it comes and finds the values in it. Can be cut anywhere between calls. */
interface ValueScanner {
    /** Reads more bytes of UTF-8. */
    void read(byte[] text, int from, int end);

    /** The text is over. */
    void end();
}
