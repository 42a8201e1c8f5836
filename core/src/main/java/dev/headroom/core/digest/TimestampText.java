package dev.headroom.core.digest;

/**
 * Timestamps in ISO 8601 text, with a blank or T and with or without a zone, brought to UTC; years of more than four
 * digits and those before Christ as PostgreSQL renders them ("Date/Time Output").
 */
final class TimestampText {
    private static final int SHORTEST = 19;
    private static final int LONGEST = 48;
    private static final int SHORTEST_YEAR = 4;
    private static final int LONGEST_YEAR = 6;
    private static final int DATE_BEHIND_YEAR = 6;
    private static final int REST_BEHIND_YEAR = 15;
    private static final long UNREADABLE = Long.MIN_VALUE;

    private TimestampText() {}

    /**
     * Writes {@code YYYY-MM-DD HH:MM:SS[.ffffff][ BC]}; false where {@code text} is no such timestamp. A zone is taken
     * into account if {@code zoned}, else dropped, as PostgreSQL does for timestamp without time zone.
     */
    static boolean canonical(byte[] text, int offset, int length, boolean zoned, TextBuffer out) {
        if (length < SHORTEST || length > LONGEST) {
            return false;
        }
        int end = offset + length;
        int year = yearEnd(text, offset, end);
        if (year < 0 || end - year < REST_BEHIND_YEAR || !shaped(text, year)) {
            return false;
        }
        boolean beforeChrist = endsBeforeChrist(text, end);
        if (beforeChrist) {
            end -= 3;
        }
        int position = year + REST_BEHIND_YEAR;
        int fractionEnd = position;
        if (position < end && text[position] == '.') {
            do {
                fractionEnd++;
            } while (fractionEnd < end && isDigit(text[fractionEnd]));
        }
        long fraction = micros(text, position + 1, fractionEnd);
        long zoneSeconds = zoneSeconds(text, fractionEnd, end);
        int month = two(text, year + 1);
        int hour = two(text, year + 7);
        int minute = two(text, year + 10);
        int second = two(text, year + 13);
        int number = number(text, offset, year);
        if (zoneSeconds == UNREADABLE
                || number == 0
                || month < 1
                || month > 12
                || hour > 24
                || minute > 59
                || second > 60) {
            return false;
        }
        long days = CivilDate.days(beforeChrist ? 1 - number : number, month, two(text, year + 4));
        long seconds = hour * 3_600L + minute * 60L + second - (zoned ? zoneSeconds : 0);
        // apart, since days in microseconds would not fit where the year has six digits
        long micros = seconds * 1_000_000 + fraction;
        boolean isBeforeChrist = CivilDate.write(days + Math.floorDiv(micros, CivilDate.MICROS_PER_DAY), out);
        out.add(' ');
        CivilDate.writeTime(Math.floorMod(micros, CivilDate.MICROS_PER_DAY), out);
        return !isBeforeChrist || out.ascii(" BC");
    }

    /**
     * Writes the date of {@code YYYY-MM-DD ±HH[:MM[:SS]]}, as pgjdbc binds a {@code java.sql.Date} without a type: a date
     * has no zone, and PostgreSQL drops it. False where {@code text} is none.
     */
    static boolean zonedDate(byte[] text, int offset, int length, TextBuffer out) {
        int end = offset + length;
        int year = length > LONGEST ? -1 : yearEnd(text, offset, end);
        int zone = year + DATE_BEHIND_YEAR;
        boolean dated = year >= 0
                && end - zone >= 3
                && shapedDate(text, year)
                && text[zone] == ' '
                && (text[zone + 1] == '+' || text[zone + 1] == '-')
                && zoneSeconds(text, zone, end) != UNREADABLE;
        return dated && out.add(text, offset, zone - offset);
    }

    /** Millionths of a second, rounded as PostgreSQL does (rint, timestamp.c). */
    private static long micros(byte[] text, int start, int end) {
        double fraction = 0;
        double unit = 1;
        for (int i = start; i < end; i++) {
            unit *= 10;
            fraction = fraction * 10 + (text[i] - '0');
        }
        return Math.round(Math.rint(fraction / unit * 1_000_000));
    }

    /** The zone's offset from UTC: nothing, Z, or a sign with HH, HHMM, HH:MM or HH:MM:SS, behind a blank or not. */
    private static long zoneSeconds(byte[] text, int from, int end) {
        int start = end - from > 1 && text[from] == ' ' ? from + 1 : from;
        if (start == end || (end - start == 1 && (text[start] | 0x20) == 'z')) {
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

    /** Where the digits of the year end; -1 where they are too few or too many. */
    private static int yearEnd(byte[] text, int offset, int end) {
        int position = offset;
        while (position < end && position - offset <= LONGEST_YEAR && isDigit(text[position])) {
            position++;
        }
        int digits = position - offset;
        return digits < SHORTEST_YEAR || digits > LONGEST_YEAR ? -1 : position;
    }

    private static boolean endsBeforeChrist(byte[] text, int end) {
        return text[end - 3] == ' ' && text[end - 2] == 'B' && text[end - 1] == 'C';
    }

    private static boolean shapedDate(byte[] text, int year) {
        return text[year] == '-'
                && isDigit(text[year + 1])
                && isDigit(text[year + 2])
                && text[year + 3] == '-'
                && isDigit(text[year + 4])
                && isDigit(text[year + 5]);
    }

    private static boolean shaped(byte[] text, int year) {
        return shapedDate(text, year)
                && (text[year + 6] == ' ' || text[year + 6] == 'T')
                && isDigit(text[year + 7])
                && isDigit(text[year + 8])
                && text[year + 9] == ':'
                && isDigit(text[year + 10])
                && isDigit(text[year + 11])
                && text[year + 12] == ':'
                && isDigit(text[year + 13])
                && isDigit(text[year + 14]);
    }

    private static int number(byte[] text, int start, int end) {
        int number = 0;
        for (int i = start; i < end; i++) {
            number = number * 10 + text[i] - '0';
        }
        return number;
    }

    private static int two(byte[] text, int position) {
        return (text[position] - '0') * 10 + text[position + 1] - '0';
    }

    private static boolean isDigit(byte c) {
        return c >= '0' && c <= '9';
    }
}
