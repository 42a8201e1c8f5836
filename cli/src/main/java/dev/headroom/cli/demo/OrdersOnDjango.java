package dev.headroom.cli.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The example on Django, Django REST framework and waitress: {@code examples/django-orders}. */
final class OrdersOnDjango implements DemoApplication {
    /** The first on PATH may be one of a version manager's, without Debian's packages. */
    private static final List<String> PYTHONS = List.of("python3", "/usr/bin/python3");

    /** Modules that the example imports, with the Debian packages that have them. */
    private static final Map<String, String> PACKAGES = Map.of(
            "django", "python3-django",
            "rest_framework", "python3-djangorestframework",
            "waitress", "python3-waitress",
            "psycopg2", "python3-psycopg2",
            "whitenoise", "python3-whitenoise");

    private final Path project;
    private final String python;
    private final List<String> missing;

    OrdersOnDjango(Path home) {
        project = home.resolve("examples/django-orders");
        String best = PYTHONS.get(0);
        List<String> fewest = missingFrom(best);
        for (String other : PYTHONS.subList(1, PYTHONS.size())) {
            List<String> its = fewest.isEmpty() ? fewest : missingFrom(other);
            if (its.size() < fewest.size()) {
                best = other;
                fewest = its;
            }
        }
        python = best;
        missing = fewest;
    }

    private static List<String> missingFrom(String python) {
        return PACKAGES.entrySet().stream()
                .filter(module -> !succeeds(python, "-c", "import " + module.getKey()))
                .map(Map.Entry::getValue)
                .sorted()
                .toList();
    }

    private static boolean succeeds(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (process.waitFor(30, TimeUnit.SECONDS)) {
                return process.exitValue() == 0;
            }
            process.destroyForcibly();
            return false;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** The Python that has most of what is needed. */
    String python() {
        return python;
    }

    @Override
    public String title() {
        return "Django, Django REST framework, waitress, PostgreSQL";
    }

    @Override
    public String missing() {
        return missing.isEmpty()
                ? ""
                : "the example needs Python packages that are missing: apt-get install " + String.join(" ", missing);
    }

    @Override
    public List<String> seedCommand() {
        String manage = project.resolve("manage.py").toString();
        return List.of("/bin/sh", "-c", "\"$0\" \"$1\" migrate -v 0 && exec \"$0\" \"$1\" seed", python, manage);
    }

    @Override
    public List<String> serveCommand() {
        return List.of(python, "-m", "waitress", "--threads=8", "--port={port}", "--send-bytes=50", "wsgi:application");
    }

    @Override
    public Map<String, String> environment(String databaseUrl, String stage) {
        return Map.of(
                "DATABASE_URL",
                databaseUrl,
                "ORDERS_STAGE",
                stage,
                "PYTHONPATH",
                project.toString(),
                "PYTHONDONTWRITEBYTECODE",
                "1");
    }

    @Override
    public String healthPath() {
        return "/api/health";
    }
}
