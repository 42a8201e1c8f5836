package dev.headroom.server.compare;

/** What of a route is compared; less of each is better. */
public enum Metric {
    /** Statements of a request. */
    STATEMENTS("statements", 1, 0),
    /** Time of a request, in nanoseconds. */
    TIME("time", 5, 0.05),
    /** Rows from the database in a request. */
    ROWS("rows", 1, 0.02),
    /** Bytes from the database in a request. */
    BYTES("bytes", 1, 0.02),
    /**
     * Bytes that the app's processes held at the samples taken while a request was in flight. Neighbouring samples are
     * alike, so that their spread looks narrower than it is: hence the larger share.
     */
    MEMORY("memory", 10, 0.1),
    /** Bytes that its Java heaps had in use at those samples. */
    HEAP("heap", 10, 0.1);

    private final String word;
    private final int fewestRequests;
    private final double smallestShare;

    Metric(String word, int fewestRequests, double smallestShare) {
        this.word = word;
        this.fewestRequests = fewestRequests;
        this.smallestShare = smallestShare;
    }

    /** The word in reports. */
    public String word() {
        return word;
    }

    /** Whether it is of the samples meanwhile, not of the requests themselves. */
    public boolean sampled() {
        return this == MEMORY || this == HEAP;
    }

    /** How many requests (of memory: samples) a run needs before its spread is known. */
    int fewestRequests() {
        return fewestRequests;
    }

    /** Differences below this share of the first run's figure are not worth a word, however sure they are. */
    double smallestShare() {
        return smallestShare;
    }
}
