package dev.headroom.core.trace;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the app's ORM calls the database's things, and how it connects; told from inside the app, a part at a time. Each
 * telling adds to those before. Holds names only, never a value.
 *
 * @param tables tables that models are mapped to
 * @param databases the connections that the ORM is configured with
 */
public record OrmFacts(List<Table> tables, List<Database> databases) {
    public OrmFacts {
        tables = List.copyOf(tables);
        databases = List.copyOf(databases);
    }

    /** How many entries there are, for bounds. */
    public int size() {
        int columns = tables.stream().mapToInt(table -> table.columns().size()).sum();
        return tables.size() + columns + databases.size();
    }

    /**
     * A table and the model that is mapped to it.
     *
     * @param name the table's name as the ORM writes it
     * @param model the model's name, e.g. {@code Office}
     * @param module the module that defines it, e.g. {@code orders.models}
     */
    public record Table(String name, String model, String module, List<Column> columns) {
        public Table {
            columns = List.copyOf(columns);
        }
    }

    /**
     * A column and the field that is mapped to it.
     *
     * @param field the field's name on the model
     * @param target the model that a foreign key leads to; null for a plain field
     */
    public record Column(
            String name, String field, @Nullable String target) {}

    /**
     * A configured connection.
     *
     * @param alias its name, {@code default} for the first
     * @param maxAgeSeconds how long a connection is kept between requests: 0 not at all, -1 without end
     * @param outlives whether the server's threads serve one request after another, so that a kept one is found again
     * @param file the settings' file, relative to the project; null where it is none of the user's own
     */
    public record Database(
            String alias,
            long maxAgeSeconds,
            boolean outlives,
            @Nullable String file) {}
}
