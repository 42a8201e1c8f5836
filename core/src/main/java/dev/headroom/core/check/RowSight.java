package dev.headroom.core.check;

import dev.headroom.core.trace.Digests;
import dev.headroom.core.trace.Query;
import dev.headroom.core.trace.ResponseValues;
import dev.headroom.core.trace.ResultColumn;
import java.util.Arrays;

/**
 * What a response showed of the rows of one query, value by value: as a whole; or, of a text, in part, among other text
 * or with markup in it, which some of its words tell. For one thread.
 */
final class RowSight {
    /** How a value fared. */
    enum Fate {
        /** It is in the response, or most of its words are. */
        SEEN,
        /** It would be found if it were shown, and it is not. */
        NOT_SEEN,
        /** Not seen, and it is a text of which not one of several words is in the response. */
        NO_WORD_SEEN,
        /** Some of its words are in the response: by chance, or because it is shown cut. */
        IN_DOUBT,
        /** It is NULL, or showing it would leave nothing that can be found. */
        CANNOT_TELL
    }

    /** With fewer words, a text is in a response by chance too easily to say that it was seen. */
    private static final int TELLING_WORDS = 3;

    /** So many words of one text, each looked for, tell as much as values that differ. */
    private static final int MANY_WORDS = 4;

    private final ResponseValues response;

    RowSight(ResponseValues response) {
        this.response = response;
    }

    /** Whether what came for a request can be searched: all of it was read, and it is an answer with content. */
    static boolean canSearch(RequestView view) {
        int status = view.trace().request().status();
        return view.trace().response().complete()
                && status >= 200
                && status < 300
                && view.trace().request().bytesOut() > 0;
    }

    /** The fate of each value of {@code column}, by row, as far as its values are known. */
    Fate[] fates(ResultColumn column) {
        Digests values = column.values();
        Digests words = column.words();
        Fate[] fates = new Fate[values.size()];
        int word = 0;
        for (int row = 0; row < fates.length; row++) {
            int from = word;
            while (word < words.size() && words.get(word) != Digests.NULL_VALUE) {
                word++;
            }
            fates[row] = fate(values.get(row), words, from, word);
            word++;
        }
        return fates;
    }

    private Fate fate(long value, Digests words, int from, int to) {
        if (value == Digests.NULL_VALUE) {
            return Fate.CANNOT_TELL;
        }
        if (ResponseSearch.shows(response, value)) {
            return Fate.SEEN;
        }
        if (to > from) {
            return byWords(words, from, to);
        }
        // a text without words of its own stands out only where each value stands for itself
        return words.size() == 0 && response.separate() ? Fate.NOT_SEEN : Fate.CANNOT_TELL;
    }

    private Fate byWords(Digests words, int from, int to) {
        int shown = 0;
        for (int i = from; i < to; i++) {
            shown += ResponseSearch.shows(response, words.get(i)) ? 1 : 0;
        }
        int all = to - from;
        if (shown == 0) {
            return all >= MANY_WORDS ? Fate.NO_WORD_SEEN : Fate.NOT_SEEN;
        }
        if (all >= TELLING_WORDS && shown * 3 >= all * 2) {
            return Fate.SEEN;
        }
        // one that is not the first may be there by chance; the first is what is left of a text that is cut short
        boolean chance = all >= TELLING_WORDS && shown == 1 && !ResponseSearch.shows(response, words.get(from));
        return chance ? Fate.NOT_SEEN : Fate.IN_DOUBT;
    }

    /** Which rows the response shows, told by values of their texts and UUIDs that are not in it by chance. */
    boolean[] shownRows(Query query) {
        boolean[] shown = new boolean[0];
        for (ResultColumn column : query.columns()) {
            if (isTelling(query, column)) {
                Fate[] fates = fates(column);
                if (fates.length > shown.length) {
                    shown = Arrays.copyOf(shown, fates.length);
                }
                for (int row = 0; row < fates.length; row++) {
                    shown[row] |= fates[row] == Fate.SEEN;
                }
            }
        }
        return shown;
    }

    private static boolean isTelling(Query query, ResultColumn column) {
        long values = query.rows() - column.nulls();
        return ColumnTypes.isTextOrUuid(column.typeOid())
                && values > 0
                && column.bytes() >= values * ColumnTypes.TELLING_BYTES;
    }
}
