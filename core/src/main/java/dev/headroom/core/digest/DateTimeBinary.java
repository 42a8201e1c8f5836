package dev.headroom.core.digest;

/** Binary dates and times (date_send, time_send, timestamp_send): days or microseconds since 2000-01-01. */
final class DateTimeBinary {
    private static final int DAYS_1970_TO_2000 = 10_957;

    private DateTimeBinary() {}

    static boolean date(byte[] bytes, int offset, TextBuffer out) {
        int days = Binary.int4(bytes, offset);
        if (days == Integer.MAX_VALUE || days == Integer.MIN_VALUE) {
            return out.ascii(days > 0 ? "infinity" : "-infinity");
        }
        if (CivilDate.write((long) days + DAYS_1970_TO_2000, out)) {
            out.ascii(" BC");
        }
        return true;
    }

    static boolean time(byte[] bytes, int offset, TextBuffer out) {
        long micros = Binary.int8(bytes, offset);
        return micros >= 0 && micros <= CivilDate.MICROS_PER_DAY && CivilDate.writeTime(micros, out);
    }

    static boolean timestamp(byte[] bytes, int offset, TextBuffer out) {
        long micros = Binary.int8(bytes, offset);
        if (micros == Long.MAX_VALUE || micros == Long.MIN_VALUE) {
            return out.ascii(micros > 0 ? "infinity" : "-infinity");
        }
        long days = Math.floorDiv(micros, CivilDate.MICROS_PER_DAY);
        boolean beforeChrist = CivilDate.write(days + DAYS_1970_TO_2000, out);
        out.add(' ');
        CivilDate.writeTime(Math.floorMod(micros, CivilDate.MICROS_PER_DAY), out);
        if (beforeChrist) {
            out.ascii(" BC");
        }
        return true;
    }
}
