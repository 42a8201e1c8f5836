package dev.headroom.core.trace;

/**
 * The digests of values that a text response showed: words, numbers and quoted strings, in their textual variants.
 *
 * @param digests distinct, ascending as signed longs
 * @param complete whether the whole body was read as text (not binary, not an unknown encoding, not over the bound)
 * @param separate whether each value stood for itself, as in JSON; in running text, as in HTML, a value of several words
 *     may have been shown without being among the digests
 */
public record ResponseValues(Digests digests, boolean complete, boolean separate) {
    /** Nothing was read. */
    public static final ResponseValues UNREAD = new ResponseValues(Digests.NONE, false, false);
}
