package dev.headroom.core.check;

import dev.headroom.core.trace.OrmFacts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the app's ORM calls tables and columns, as far as it was told. Bounded. For one thread. */
final class KnownModels {
    private static final int MOST_TABLES = 4_000;
    private static final int MOST_DATABASES = 100;

    private final Map<String, OrmFacts.Table> tables = new LinkedHashMap<>();
    private final List<OrmFacts.Database> databases = new ArrayList<>();

    void update(OrmFacts facts) {
        for (OrmFacts.Table table : facts.tables()) {
            if (tables.size() < MOST_TABLES || tables.containsKey(table.name())) {
                tables.put(table.name(), table);
            }
        }
        for (OrmFacts.Database database : facts.databases()) {
            if (databases.size() < MOST_DATABASES && !databases.contains(database)) {
                databases.add(database);
            }
        }
    }

    /** The name of the model of a table; null where none is known. */
    @Nullable
    String model(String table) {
        OrmFacts.Table known = tables.get(table);
        return known == null ? null : known.model();
    }

    /** The statement that imports a model; null where it is not known, or several have its name. */
    @Nullable
    String importing(String model) {
        List<String> modules = tables.values().stream()
                .filter(table -> table.model().equals(model))
                .map(OrmFacts.Table::module)
                .toList();
        return modules.size() == 1 && !modules.get(0).isEmpty() ? "from " + modules.get(0) + " import " + model : null;
    }

    /** The field of a column; null where none is known. */
    OrmFacts.@Nullable Column column(String table, String column) {
        OrmFacts.Table known = tables.get(table);
        if (known != null) {
            for (OrmFacts.Column each : known.columns()) {
                if (each.name().equals(column)) {
                    return each;
                }
            }
        }
        return null;
    }

    /** The connections that the app is configured with, as far as they were opened. */
    List<OrmFacts.Database> databases() {
        return List.copyOf(databases);
    }
}
