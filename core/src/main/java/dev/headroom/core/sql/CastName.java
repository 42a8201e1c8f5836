package dev.headroom.core.sql;

import java.nio.charset.StandardCharsets;

/** The type of a cast right behind a quoted literal, {@code '1.50'::numeric}: tells how its text is to be read. */
final class CastName {
    private static final class Type {
        final byte[] name;
        final int oid;

        private Type(String name, int oid) {
            this.name = name.getBytes(StandardCharsets.US_ASCII);
            this.oid = oid;
        }

        static Type of(String name, int oid) {
            return new Type(name, oid);
        }
    }

    private static final int BOOL = 16;
    private static final int INT8 = 20;
    private static final int FLOAT8 = 701;
    private static final int NUMERIC = 1700;
    private static final int UUID = 2950;

    /** Only types whose literals have more than one spelling. */
    private static final Type[] TYPES = {
        Type.of("numeric", NUMERIC),
        Type.of("decimal", NUMERIC),
        Type.of("boolean", BOOL),
        Type.of("bool", BOOL),
        Type.of("int2", INT8),
        Type.of("int4", INT8),
        Type.of("int8", INT8),
        Type.of("integer", INT8),
        Type.of("bigint", INT8),
        Type.of("smallint", INT8),
        Type.of("int", INT8),
        Type.of("float8", FLOAT8),
        Type.of("double precision", FLOAT8),
        Type.of("float", FLOAT8),
        Type.of("real", FLOAT8),
        Type.of("uuid", UUID)
    };

    private CastName() {}

    /** The type's OID where {@code text} goes on with a cast at {@code position}; 0 where it doesn't or for others. */
    static int oid(byte[] text, int position, int limit) {
        if (position + 2 >= limit || text[position] != ':' || text[position + 1] != ':') {
            return 0;
        }
        for (Type type : TYPES) {
            if (spells(text, position + 2, limit, type.name)) {
                return type.oid;
            }
        }
        return 0;
    }

    private static boolean spells(byte[] text, int start, int limit, byte[] name) {
        int end = start + name.length;
        if (end > limit) {
            return false;
        }
        for (int i = 0; i < name.length; i++) {
            if ((text[start + i] | 0x20) != name[i]) {
                return false;
            }
        }
        return end == limit || (!Character.isJavaIdentifierPart(text[end]) && text[end] != '[');
    }
}
