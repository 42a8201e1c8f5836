package dev.headroom.proxy.http.values;

/** The character references that template engines write (HTML, section 13.5; the names are those of Latin-1). */
final class Entities {
    private static final String LATIN_1 =
            "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 "
                    + "acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc "
                    + "Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde "
                    + "Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave "
                    + "aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml "
                    + "eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn "
                    + "yuml";
    private static final String[] NAMES = LATIN_1.split(" ");

    private Entities() {}

    /** The character of a reference without {@code &} and {@code ;}, or -1 where it is not known. */
    static int codePoint(CharSequence reference) {
        String name = reference.toString();
        if (name.startsWith("#")) {
            return numbered(name);
        }
        switch (name) {
            case "amp":
                return '&';
            case "lt":
                return '<';
            case "gt":
                return '>';
            case "quot":
                return '"';
            case "apos":
                return '\'';
            case "euro":
                return 0x20ac;
            case "ndash":
                return 0x2013;
            case "mdash":
                return 0x2014;
            case "hellip":
                return 0x2026;
            default:
                for (int i = 0; i < NAMES.length; i++) {
                    if (NAMES[i].equals(name)) {
                        return 0xa0 + i;
                    }
                }
                return -1;
        }
    }

    private static int numbered(String reference) {
        boolean hex = reference.length() > 1 && (reference.charAt(1) == 'x' || reference.charAt(1) == 'X');
        try {
            int codePoint = Integer.parseInt(reference, hex ? 2 : 1, reference.length(), hex ? 16 : 10);
            return Character.isValidCodePoint(codePoint) && codePoint > 0 ? codePoint : -1;
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            return -1;
        }
    }
}
