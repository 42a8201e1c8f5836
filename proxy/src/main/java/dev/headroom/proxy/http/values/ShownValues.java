package dev.headroom.proxy.http.values;

import dev.headroom.core.digest.TextWords;
import dev.headroom.core.digest.ValueReader;

/**
 * Digests what a run of text shows: the run as a whole, each word, and the parts of joined words ({@code /orders/17}
 * shows 17), numbers and dates in the form that the database renders them in. Rather too much than too little: a digest
 * too many hides a waste, one too few would accuse a value that was shown.
 */
final class ShownValues {
    private final ValueReader reader;
    private final byte[] rewritten = new byte[64];
    private final DigestSet digests;

    ShownValues(ValueReader reader, DigestSet digests) {
        this.reader = reader;
        this.digests = digests;
    }

    DigestSet digests() {
        return digests;
    }

    /** Digests a whole run and the words in it. */
    void run(Run run) {
        int length = run.length();
        if (length == 0) {
            return;
        }
        if (run.total() > length) {
            digests.add(reader.cut(run.bytes(), 0, length, run.total()));
        } else {
            whole(run.bytes(), 0, length);
        }
        words(run.bytes(), length);
        run.spill(true);
    }

    /** Digests a value as it stands, and as a number where it looks like one. */
    void whole(byte[] text, int from, int length) {
        digests.add(reader.untyped(text, from, length));
        byte first = text[from];
        boolean signed = (first == '-' || first == '+') && length > 1;
        byte digit = signed ? text[from + 1] : first;
        if ((digit >= '0' && digit <= '9') || digit == '.') {
            digests.add(reader.number(text, from, length));
        }
    }

    /** Digests the words of a text. */
    void words(byte[] text, int length) {
        int at = 0;
        while (at < length) {
            int gap = TextWords.gap(text, at, length);
            if (gap > 0) {
                at += gap;
                continue;
            }
            int from = at;
            while (at < length && (isPart(text, at, length) || isInnerJoiner(text, at, length))) {
                at++;
            }
            if (at > from && (from > 0 || at < length)) {
                word(text, from, at);
            } else if (at > from) {
                parts(text, from, at); // the whole run is one word, which was digested as such
            }
        }
    }

    private static boolean isPart(byte[] text, int at, int length) {
        return TextWords.gap(text, at, length) == 0;
    }

    private static boolean isInnerJoiner(byte[] text, int at, int length) {
        return isJoiner(text[at]) && at + 1 < length && isPart(text, at + 1, length);
    }

    private void word(byte[] text, int from, int end) {
        whole(text, from, end - from);
        if (from > 0 && text[from - 1] == '-' && text[from] >= '0' && text[from] <= '9') {
            digests.add(reader.number(text, from - 1, end - from + 1));
        }
        parts(text, from, end);
    }

    /** What a joined word is made of, and the number or date that it may be. */
    private void parts(byte[] text, int from, int end) {
        int partFrom = from;
        int joiners = 0;
        for (int i = from; i <= end; i++) {
            if (i == end || isJoiner(text[i])) {
                joiners += i < end ? 1 : 0;
                if (i > partFrom && i - partFrom < end - from) {
                    whole(text, partFrom, i - partFrom);
                }
                anyCase(text, partFrom, i - partFrom);
                partFrom = i + 1;
            }
        }
        if (joiners > 0 && end - from <= rewritten.length) {
            grouped(text, from, end, (byte) ',', (byte) '.');
            grouped(text, from, end, (byte) '.', (byte) ',');
            if (joiners == 2) {
                date(text, from, end);
            }
        }
    }

    /** Digests a word without regard to case, as the words of the database's texts are, where that makes a difference. */
    private void anyCase(byte[] text, int from, int length) {
        if (length < TextWords.SHORTEST || length > TextWords.LONGEST) {
            return;
        }
        boolean plain = true;
        for (int i = from; i < from + length; i++) {
            plain &= text[i] < 0 || text[i] >= 'a' && text[i] <= 'z';
        }
        if (!plain) {
            digests.add(reader.words().digest(text, from, length));
        }
    }

    /** Digests {@code 1,234.50} as 1234.50, where one sign groups digits and the other is the decimal point. */
    private void grouped(byte[] text, int from, int end, byte group, byte point) {
        int length = 0;
        boolean changed = false;
        for (int i = from; i < end; i++) {
            byte octet = text[i];
            if (octet == group) {
                changed = true;
            } else if (octet == point) {
                changed |= point != '.';
                rewritten[length++] = '.';
            } else if (octet >= '0' && octet <= '9') {
                rewritten[length++] = octet;
            } else {
                return;
            }
        }
        if (changed) {
            digests.add(reader.number(rewritten, 0, length));
        }
    }

    /** Digests {@code 17.05.2024}, {@code 05/17/2024} and the like as 2024-05-17, in either order of day and month. */
    private void date(byte[] text, int from, int end) {
        int[] fields = new int[3];
        int field = 0;
        int digits = 0;
        for (int i = from; i < end; i++) {
            byte octet = text[i];
            if (octet >= '0' && octet <= '9') {
                fields[field] = fields[field] * 10 + octet - '0';
                if (++digits > 8) {
                    return;
                }
            } else if ((octet == '.' || octet == '/' || octet == '-') && field < 2) {
                field++;
            } else {
                return;
            }
        }
        if (fields[0] >= 1000) {
            isoDate(fields[0], fields[1], fields[2]);
        } else if (fields[2] >= 1000) {
            isoDate(fields[2], fields[1], fields[0]);
            isoDate(fields[2], fields[0], fields[1]);
        }
    }

    private void isoDate(int year, int month, int day) {
        if (year <= 9999 && month >= 1 && month <= 12 && day >= 1 && day <= 31) {
            put(0, year, 4);
            rewritten[4] = '-';
            put(5, month, 2);
            rewritten[7] = '-';
            put(8, day, 2);
            digests.add(reader.untyped(rewritten, 0, 10));
        }
    }

    private void put(int at, int number, int width) {
        int rest = number;
        for (int i = at + width - 1; i >= at; i--) {
            rewritten[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    private static boolean isJoiner(byte octet) {
        return switch (octet) {
            case '-', '.', '@', ':', '+', '/', ',', '\'', '=', '&', '?', '%', '#' -> true;
            default -> false;
        };
    }
}
