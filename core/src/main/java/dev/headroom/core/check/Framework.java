package dev.headroom.core.check;

import dev.headroom.core.trace.Event;
import dev.headroom.core.trace.RunInfo;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the watched app reaches its database with, which decides the words of the advice. */
public enum Framework {
    DJANGO("Django", Language.PYTHON),
    SQLALCHEMY("SQLAlchemy", Language.PYTHON),
    ACTIVE_RECORD("Rails/ActiveRecord", Language.RUBY),
    JPA("JPA/Hibernate", Language.JVM),
    JOOQ("jOOQ", Language.JVM),
    MYBATIS("MyBatis", Language.JVM),
    JDBC("JDBC", Language.JVM),
    SQL("SQL", null);

    private static final String FOUND = "found ";

    private final String title;
    private final @Nullable Language language;

    Framework(String title, @Nullable Language language) {
        this.title = title;
        this.language = language;
    }

    /** Whether apps in that language may use it; anything may where the language is not known. */
    boolean isFor(@Nullable Language appLanguage) {
        return appLanguage == null || language == null || language == appLanguage;
    }

    /** The name as its users write it. */
    public String title() {
        return title;
    }

    /** The framework that instrumentation found in the app; null where the event tells of none. */
    static @Nullable Framework of(Event event) {
        if (event.kind() != Event.Kind.INSTRUMENTATION || !event.text().startsWith(FOUND)) {
            return null;
        }
        String name = event.text().substring(FOUND.length());
        return name.startsWith("django ") ? DJANGO : name.startsWith("sqlalchemy ") ? SQLALCHEMY : null;
    }

    /** The framework that the run's details name under {@code framework}; null where none or an unknown one. */
    public static @Nullable Framework of(@Nullable RunInfo info) {
        String name = info == null ? null : info.details().get("framework");
        if (name == null) {
            return null;
        }
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "django" -> DJANGO;
            case "sqlalchemy" -> SQLALCHEMY;
            case "rails", "activerecord" -> ACTIVE_RECORD;
            case "jpa", "hibernate", "spring-data-jpa" -> JPA;
            case "jooq" -> JOOQ;
            case "mybatis" -> MYBATIS;
            case "jdbc" -> JDBC;
            default -> null;
        };
    }
}
