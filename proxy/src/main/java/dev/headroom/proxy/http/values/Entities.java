package dev.headroom.proxy.http.values;

import java.util.List;

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
    private static final List<String> NAMES = List.of(LATIN_1.split(" ", -1));

    private Entities() {}

    /** The character of a reference without {@code &} and {@code ;}, or -1 where it is not known. */
    static int codePoint(CharSequence reference) {
        String name = reference.toString();
        if (name.startsWith("#")) {
            return numbered(name);
        }
        return switch (name) {
            case "amp" -> '&';
            case "lt" -> '<';
            case "gt" -> '>';
            case "quot" -> '"';
            case "apos" -> '\'';
            case "euro" -> 0x20ac;
            case "ndash" -> 0x2013;
            case "mdash" -> 0x2014;
            case "hellip" -> 0x2026;
            default -> {
                int index = NAMES.indexOf(name);
                yield index < 0 ? -1 : 0xa0 + index;
            }
        };
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
