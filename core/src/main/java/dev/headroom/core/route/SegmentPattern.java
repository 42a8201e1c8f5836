package dev.headroom.core.route;

/** Recognises path segments that are values: numbers, UUIDs, dates, hashes, tokens, addresses of mail. */
final class SegmentPattern {
    private static final int LONGEST_NAME = 60;

    private SegmentPattern() {}

    /** The parameter that stands for {@code segment}, or the segment itself where it looks like a name. */
    static String of(String segment) {
        int length = segment.length();
        if (length == 0) {
            return segment;
        }
        Shape shape = new Shape(segment);
        if (shape.digits == length || (length > 1 && shape.digits == length - 1 && segment.charAt(0) == '-')) {
            return "{id}";
        }
        if (length == 36 && isUuid(segment)) {
            return "{uuid}";
        }
        if (isDate(segment)) {
            return "{date}";
        }
        if (shape.hex == length && shape.digits > 0 && length >= 8) {
            return "{hash}";
        }
        if (segment.indexOf('@') > 0 || segment.startsWith("%40", Math.max(1, segment.indexOf('%')))) {
            return "{email}";
        }
        if (length > LONGEST_NAME || shape.looksRandom(length)) {
            return "{token}";
        }
        if (segment.indexOf('.') > 0 && shape.digits > 0) {
            return file(segment);
        }
        return shape.endsInNumber(segment) ? "{slug}" : segment;
    }

    /** A file's name with the hash taken out that build tools put into it: {@code main.3f2a1b9c.css}. */
    private static String file(String segment) {
        StringBuilder name = new StringBuilder(segment.length());
        int from = 0;
        for (int i = 0; i <= segment.length(); i++) {
            if (i == segment.length() || segment.charAt(i) == '.' || segment.charAt(i) == '-') {
                String part = segment.substring(from, i);
                Shape shape = new Shape(part);
                boolean number = !part.isEmpty() && shape.digits == part.length();
                boolean hash = part.length() >= 8 && shape.hex == part.length() && shape.digits > 0;
                name.append(number ? "{id}" : hash || shape.looksRandom(part.length()) ? "{hash}" : part);
                if (i < segment.length()) {
                    name.append(segment.charAt(i));
                }
                from = i + 1;
            }
        }
        return name.toString();
    }

    private static boolean isUuid(String segment) {
        for (int i = 0; i < 36; i++) {
            boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
            if (dash ? segment.charAt(i) != '-' : Character.digit(segment.charAt(i), 16) < 0) {
                return false;
            }
        }
        return true;
    }

    /** {@code 2024-05-17}, {@code 2024-05}, and what begins with a date and {@code T}. */
    private static boolean isDate(String segment) {
        int length = segment.length();
        boolean month = length >= 7 && digits(segment, 0, 4) && segment.charAt(4) == '-' && digits(segment, 5, 7);
        if (!month || length == 7) {
            return month;
        }
        boolean day = length >= 10 && segment.charAt(7) == '-' && digits(segment, 8, 10);
        return day && (length == 10 || segment.charAt(10) == 'T');
    }

    private static boolean digits(String segment, int from, int end) {
        for (int i = from; i < end; i++) {
            if (segment.charAt(i) < '0' || segment.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    /** What a segment is made of. */
    private static final class Shape {
        private int digits;
        private int hex;
        private int upper;
        private int lower;
        private int others;

        Shape(String segment) {
            for (int i = 0; i < segment.length(); i++) {
                char c = segment.charAt(i);
                if (c >= '0' && c <= '9') {
                    digits++;
                    hex++;
                } else if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
                    hex += Character.digit(c, 16) >= 0 ? 1 : 0;
                    upper += c <= 'Z' ? 1 : 0;
                    lower += c >= 'a' ? 1 : 0;
                } else if (c != '-' && c != '_') {
                    others++;
                }
            }
        }

        /** Long, and digits mixed with letters, as in ULIDs, NanoIDs and base64url. */
        boolean looksRandom(int length) {
            if (others > 0 || length < 16 || digits < 2) {
                return false;
            }
            return (upper > 1 && lower > 1)
                    || (digits >= 4 && (upper == 0 || lower == 0) && digits + upper + lower == length);
        }

        /** {@code the-blue-shoe-123}: a title with its key. */
        boolean endsInNumber(String segment) {
            int dash = segment.lastIndexOf('-');
            return dash > 0
                    && others == 0
                    && segment.length() - dash > 1
                    && SegmentPattern.digits(segment, dash + 1, segment.length());
        }
    }
}
