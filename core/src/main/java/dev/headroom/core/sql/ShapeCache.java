package dev.headroom.core.sql;

import dev.headroom.core.trace.QueryShape;
import dev.headroom.core.trace.StatementKind;
import java.util.HashMap;
import java.util.Map;

/** The shapes made so far, so that equal shapes are one object. Bounded in characters. For one thread. */
final class ShapeCache {
    private static final int MAX_CHARACTERS = 2 * 1024 * 1024;

    private final Map<Long, QueryShape> shapes = new HashMap<>();
    private int characters;

    QueryShape shape(ShapeText text, StatementKind kind, TableNames tables, boolean cut) {
        long id = text.hash();
        boolean truncated = cut || text.truncated();
        QueryShape known = shapes.get(id);
        if (known != null && known.truncated() == truncated) {
            return known;
        }
        QueryShape shape = new QueryShape(id, text.text(), kind, tables.in(text.bytes()), truncated);
        if (characters + shape.text().length() > MAX_CHARACTERS) {
            shapes.clear();
            characters = 0;
        }
        characters += shape.text().length();
        shapes.put(id, shape);
        return shape;
    }
}
