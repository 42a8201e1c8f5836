package dev.headroom.core.sql;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Where tables and common table expressions are named in the normalised text of one statement. For one thread. */
final class TableNames {
    private static final int MAX = 64;

    private final int[] starts = new int[MAX];
    private final int[] ends = new int[MAX];
    private final boolean[] expressions = new boolean[MAX];
    private int count;
    private boolean open;

    void reset() {
        count = 0;
        open = false;
    }

    /** A table's name starts here; it may go on behind a dot. */
    void begin(int start, int end, boolean commonTableExpression) {
        open = count < MAX;
        if (open) {
            starts[count] = start;
            ends[count] = end;
            expressions[count] = commonTableExpression;
            count++;
        }
    }

    /** The name that was begun goes on to {@code end}. */
    void extend(int end) {
        if (open) {
            ends[count - 1] = end;
        }
    }

    void close() {
        open = false;
    }

    /** What was begun last is a function. */
    void drop() {
        if (open) {
            count--;
            open = false;
        }
    }

    /** The text was cut back to {@code length}. */
    void cutTo(int length) {
        while (count > 0 && ends[count - 1] > length) {
            count--;
        }
        open = false;
    }

    List<String> in(byte[] text) {
        if (count == 0) {
            return List.of();
        }
        Set<String> names = new LinkedHashSet<>();
        Set<String> expressionNames = new LinkedHashSet<>();
        for (int i = 0; i < count; i++) {
            String name = name(Arrays.copyOfRange(text, starts[i], ends[i]));
            (expressions[i] ? expressionNames : names).add(name);
        }
        names.removeAll(expressionNames);
        return List.copyOf(names);
    }

    private static String name(byte[] text) {
        String name = new String(text, StandardCharsets.UTF_8);
        if (name.indexOf('"') >= 0) {
            name = name.replace("\"\"", "\u0000").replace("\"", "").replace('\u0000', '"');
        }
        return name.startsWith("public.") ? name.substring("public.".length()) : name;
    }
}
