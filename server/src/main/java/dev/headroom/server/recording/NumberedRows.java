package dev.headroom.server.recording;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Gives each distinct value a row and a number of its own, and forgets those of a transaction that failed. Remembers
 * the most recent values only: one that comes back after being forgotten gets a second row, which readers don't mind.
 */
final class NumberedRows<T> {
    /** Inserts a value under its number. */
    interface Insert<T> {
        void insert(int number, T value) throws SQLException;
    }

    private static final int REMEMBERED = 10_000;

    private final Map<T, Integer> numbers = new LinkedHashMap<>(256, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<T, Integer> eldest) {
            return size() > REMEMBERED;
        }
    };
    private final List<T> uncommitted = new ArrayList<>();
    private final Insert<T> insert;
    private int next = 1;

    NumberedRows(Insert<T> insert) {
        this.insert = insert;
    }

    int number(T value) {
        Integer known = numbers.get(value);
        if (known != null) {
            return known;
        }
        int number = next;
        try {
            insert.insert(number, value);
        } catch (SQLException e) {
            throw new StoreFailure(e);
        }
        next++;
        numbers.put(value, number);
        uncommitted.add(value);
        return number;
    }

    void committed() {
        uncommitted.clear();
    }

    void rolledBack() {
        uncommitted.forEach(numbers::remove);
        uncommitted.clear();
    }
}
