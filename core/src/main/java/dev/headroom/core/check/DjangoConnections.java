package dev.headroom.core.check;

import dev.headroom.core.trace.OrmFacts;
import java.util.List;

/** Advice for connections that are made anew in each request, by how the app's connections are set and served. */
final class DjangoConnections {
    private static final int SECONDS = 60;

    private final KnownModels models;

    DjangoConnections(KnownModels models) {
        this.models = models;
    }

    List<Fix> fixes(Finding finding) {
        List<OrmFacts.Database> databases = models.databases();
        for (OrmFacts.Database database : databases) {
            if (database.outlives() && database.maxAgeSeconds() == 0) {
                return List.of(keep(finding, database));
            }
        }
        boolean none = !databases.isEmpty() && databases.stream().noneMatch(OrmFacts.Database::outlives);
        return none ? List.of(pool(finding)) : List.of();
    }

    private static Fix pool(Finding finding) {
        return new DjangoFix()
                .fix(
                        finding.remedy(),
                        "The server runs requests in threads, tasks or greenlets that end with them, where"
                                + " CONN_MAX_AGE keeps nothing: put a pool such as pgbouncer before the database, or"
                                + " use Django's own (5.1 and later).",
                        null);
    }

    private static Fix keep(Finding finding, OrmFacts.Database database) {
        String code = "DATABASES[\"" + database.alias() + "\"][\"CONN_MAX_AGE\"] = " + SECONDS;
        DjangoFix fix = new DjangoFix();
        String file = database.file();
        if (file != null) {
            fix.with("action", "append_setting")
                    .with("file", file)
                    .with("setting", code)
                    .less(0);
        }
        return fix.fix(
                finding.remedy(),
                "Keep the connection between requests" + (file == null ? "" : ": set it in " + file)
                        + "; each of the server's threads then holds one.",
                code);
    }
}
