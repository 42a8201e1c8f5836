package dev.headroom.core.check;

import java.util.Set;

/** Types of columns by what their values look like in a response (OIDs of pg_type.dat). */
final class ColumnTypes {
    /** On average; shorter values are in responses by chance. */
    static final int TELLING_BYTES = 6;

    private static final int UUID = 2950;

    /** The types whose values reach a response as they are: name, text, bpchar, varchar. */
    private static final Set<Integer> TEXT = Set.of(19, 25, 1042, 1043);

    private ColumnTypes() {}

    static boolean isText(int typeOid) {
        return TEXT.contains(typeOid);
    }

    static boolean isTextOrUuid(int typeOid) {
        return typeOid == UUID || isText(typeOid);
    }
}
