package dev.headroom.proxy.postgres.capture;

import dev.headroom.proxy.postgres.message.Body;

/** The columns that RowDescription told of. Immutable; shared by all executions that were described alike. */
final class ResultShape {
    static final ResultShape NONE = new ResultShape(0);

    private final String[] names;
    private final int[] tables;
    private final int[] numbers;
    private final int[] types;
    private final boolean[] binary;

    private ResultShape(int size) {
        names = new String[size];
        tables = new int[size];
        numbers = new int[size];
        types = new int[size];
        binary = new boolean[size];
    }

    /** Reads a RowDescription. */
    static ResultShape read(Body body) {
        int size = body.int2();
        ResultShape shape = new ResultShape(size);
        for (int i = 0; i < size; i++) {
            shape.names[i] = body.string();
            shape.tables[i] = body.int4();
            shape.numbers[i] = (short) body.int2();
            shape.types[i] = body.int4();
            body.skip(6);
            shape.binary[i] = body.int2() != 0;
        }
        return shape;
    }

    /** Columns that were never described: known by position only. */
    static ResultShape undescribed(int size) {
        ResultShape shape = new ResultShape(size);
        for (int i = 0; i < size; i++) {
            shape.names[i] = "column" + (i + 1);
        }
        return shape;
    }

    int size() {
        return names.length;
    }

    String name(int column) {
        return names[column];
    }

    /** The table's OID, 0 for an expression. */
    int table(int column) {
        return tables[column];
    }

    /** The column's number in its table, 0 for an expression. */
    int number(int column) {
        return numbers[column];
    }

    /** The type's OID, 0 where unknown. */
    int type(int column) {
        return types[column];
    }

    /** Whether the description itself says binary; Describe of a statement can't know. */
    boolean binary(int column) {
        return binary[column];
    }
}
