package dev.headroom.core.digest;

/** Timestamps in ISO 8601 text, with a blank or T and with or without a zone, brought to UTC. */
final class TimestampText {
    private static final int SHORTEST = 19;
    private static final int LONGEST = 48;

    private TimestampText() {}

    /**
     * Writes {@code YYYY-MM-DD HH:MM:SS[.ffffff]}; false where {@code text} is no such timestamp. A zone is taken into
     * account if {@code zoned}, else dropped, as PostgreSQL does for timestamp without time zone.
     */
    static boolean canonical(byte[] text, int offset, int length, boolean zoned, TextBuffer out) {
        if (length < SHORTEST || length > LONGEST || !shaped(text, offset)) {
            return false;
        }
        int end = offset + length;
        int position = offset + SHORTEST;
        long micros = 0;
        if (position < end && text[position] == '.') {
            long unit = 100_000;
            for (position++; position < end && isDigit(text[position]); position++, unit /= 10) {
                micros += (text[position] - '0') * unit;
            }
        }
        long zoneSeconds = zoneSeconds(text, position, end);
        if (zoneSeconds == UNREADABLE) {
            return false;
        }
        int month = two(text, offset + 5);
        int hour = two(text, offset + 11);
        int minute = two(text, offset + 14);
        int second = two(text, offset + 17);
        if (month < 1 || month > 12 || hour > 24 || minute > 59 || second > 60) {
            return false;
        }
        int year = two(text, offset) * 100 + two(text, offset + 2);
        long days = CivilDate.days(year, month, two(text, offset + 8));
        long seconds = hour * 3_600L + minute * 60L + second - (zoned ? zoneSeconds : 0);
        long total = days * CivilDate.MICROS_PER_DAY + seconds * 1_000_000 + micros;
        if (year == 0 || CivilDate.write(Math.floorDiv(total, CivilDate.MICROS_PER_DAY), out)) {
            out.clear();
            return false;
        }
        out.add(' ');
        return CivilDate.writeTime(Math.floorMod(total, CivilDate.MICROS_PER_DAY), out);
    }

    private static final long UNREADABLE = Long.MIN_VALUE;

    /** The zone's offset from UTC: nothing, Z, or a sign with HH, HHMM, HH:MM or HH:MM:SS. */
    private static long zoneSeconds(byte[] text, int start, int end) {
        if (start == end || (end - start == 1 && text[start] == 'Z')) {
            return 0;
        }
        if (text[start] != '+' && text[start] != '-') {
            return UNREADABLE;
        }
        long seconds = 0;
        long unit = 3_600;
        int position = start + 1;
        while (position < end) {
            if (unit < 1 || end - position < 2 || !isDigit(text[position]) || !isDigit(text[position + 1])) {
                return UNREADABLE;
            }
            seconds += two(text, position) * unit;
            unit /= 60;
            position += 2;
            if (position < end && text[position] == ':') {
                position++;
            }
        }
        return text[start] == '-' ? -seconds : seconds;
    }

    private static boolean shaped(byte[] text, int offset) {
        for (int i = 0; i < SHORTEST; i++) {
            byte c = text[offset + i];
            boolean fits = switch (i) {
                case 4, 7 -> c == '-';
                case 10 -> c == ' ' || c == 'T';
                case 13, 16 -> c == ':';
                default -> isDigit(c);
            };
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    private static int two(byte[] text, int position) {
        return (text[position] - '0') * 10 + text[position + 1] - '0';
    }

    private static boolean isDigit(byte c) {
        return c >= '0' && c <= '9';
    }
}
