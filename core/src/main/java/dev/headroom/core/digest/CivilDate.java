package dev.headroom.core.digest;

/**
 * Days since 1970-01-01 as dates of the proleptic Gregorian calendar and back (Howard Hinnant, "chrono-Compatible
 * Low-Level Date Algorithms"), without allocating.
 */
final class CivilDate {
    static final long MICROS_PER_DAY = 86_400_000_000L;

    private CivilDate() {}

    /** Writes {@code YYYY-MM-DD}; true where the year is one before Christ, which the caller marks at the very end. */
    static boolean write(long daysSince1970, TextBuffer out) {
        long shifted = daysSince1970 + 719_468;
        long era = Math.floorDiv(shifted, 146_097);
        long dayOfEra = shifted - era * 146_097;
        long yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        long dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        long monthFromMarch = (5 * dayOfYear + 2) / 153;
        long day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1;
        long month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
        long year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
        out.padded(year > 0 ? year : 1 - year, 4);
        out.add('-');
        out.padded(month, 2);
        out.add('-');
        out.padded(day, 2);
        return year <= 0;
    }

    /** Writes {@code HH:MM:SS[.ffffff]}. */
    static boolean writeTime(long microsOfDay, TextBuffer out) {
        long seconds = microsOfDay / 1_000_000;
        out.padded(seconds / 3_600, 2);
        out.add(':');
        out.padded(seconds / 60 % 60, 2);
        out.add(':');
        out.padded(seconds % 60, 2);
        long micros = microsOfDay % 1_000_000;
        if (micros != 0) {
            out.add('.');
            out.padded(micros, 6);
            int end = out.length();
            while (out.at(end - 1) == '0') {
                end--;
            }
            out.truncate(end);
        }
        return true;
    }

    /** Days since 1970-01-01. */
    static long days(int year, int month, int day) {
        long fromMarch = month <= 2 ? year - 1L : year;
        long era = Math.floorDiv(fromMarch, 400);
        long yearOfEra = fromMarch - era * 400;
        long dayOfYear = (153L * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468;
    }
}
