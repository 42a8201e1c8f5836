package dev.headroom.core.check;

import dev.headroom.core.trace.RunInfo;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the watched app runs on, as far as the command that starts it tells. Frameworks of different languages write the
 * same SQL (Django and Sequelize, jOOQ and Prisma), so that the handwriting alone would put wrong words into advice.
 */
public enum Language {
    /** Java, Kotlin and the like. */
    JVM("java|mvnw?|gradlew?|kc\\.sh|\\S+\\.jar"),
    PYTHON(
            "python[\\d.]*|gunicorn|uvicorn|hypercorn|daphne|waitress-serve|uwsgi|flask|django-admin|granian|celery|\\S+\\.py"),
    RUBY("ruby[\\d.]*|bundle|puma|rails|rackup|rake|unicorn|passenger|thin|falcon|\\S+\\.rb"),
    NODE("node(?:js)?|npm|npx|yarn|pnpm|bunx?|deno|tsx|ts-node|next|nest|\\S+\\.[cm]?[jt]s"),
    PHP("php[\\d.]*|php-fpm[\\d.]*|artisan|frankenphp|symfony|\\S+\\.php");

    private static final Pattern WORD = Pattern.compile("[^\\s'\"=;&|()]+");

    private final Pattern programs;

    Language(String programs) {
        this.programs = Pattern.compile(programs);
    }

    /** The language of the first word of the run's command that is known; null where none is. */
    static @Nullable Language of(@Nullable RunInfo info) {
        if (info == null) {
            return null;
        }
        Matcher words = WORD.matcher(info.command());
        while (words.find()) {
            String word = words.group().toLowerCase(Locale.ROOT);
            String name = word.substring(word.lastIndexOf('/') + 1);
            if (word.contains("node_modules/")) {
                return NODE;
            }
            for (Language language : values()) {
                if (language.programs.matcher(name).matches()) {
                    return language;
                }
            }
        }
        return null;
    }
}
