package dev.headroom.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A copy of the Django project of the Python tests (python/tests/shop), to be run and changed. */
final class DjangoProject {
    /** A Python that has what the project imports; empty where there is none. */
    static final String PYTHON = python();

    private final Path folder;
    private final EmbeddedPostgres database;

    private DjangoProject(Path folder, EmbeddedPostgres database) {
        this.folder = folder;
        this.database = database;
    }

    static DjangoProject copyTo(Path folder, EmbeddedPostgres database) throws IOException {
        Path source = Path.of("../python/tests");
        try (Stream<Path> files = Files.walk(source.resolve("shop"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = folder.resolve(source.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
        return new DjangoProject(folder, database);
    }

    /** Creates the tables, with 20 books, each of another author and with three labels. */
    void fill() throws Exception {
        python("""
                import django; django.setup()
                from django.core.management import call_command
                call_command("migrate", run_syncdb=True, verbosity=0)
                from shop.models import *
                labels = [Label.objects.create(name=name) for name in "xyz"]
                for i in range(20):
                    author = Author.objects.create(name="author %d" % i)
                    Profile.objects.create(author=author, city="Rome")
                    Book.objects.create(author=author, title="book %d" % i).labels.set(labels)
                """);
    }

    /** Runs a program with the project's settings. */
    void python(String program) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(PYTHON, "-c", program)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("python.log").toFile());
        builder.environment().putAll(environment());
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as(Files.readString(folder.resolve("python.log")))
                .isZero();
    }

    Map<String, String> environment() {
        return new TreeMap<>(Map.of(
                "DATABASE_URL",
                "postgres://postgres@127.0.0.1:" + database.getPort() + "/postgres",
                "DJANGO_SETTINGS_MODULE",
                "shop.settings",
                "PYTHONDONTWRITEBYTECODE",
                "1"));
    }

    /** The project under {@code headroom run}, answering requests. */
    HeadroomProcess run(Path recording) {
        return run(
                recording,
                environment(),
                PYTHON,
                "-m",
                "waitress",
                "--threads=8",
                "--port={port}",
                "shop.wsgi:application");
    }

    HeadroomProcess run(Path recording, Map<String, String> environment, String... command) {
        List<String> arguments = new ArrayList<>(List.of("run", "--out", recording.toString(), "--"));
        arguments.addAll(List.of(command));
        return HeadroomProcess.start(folder, environment, arguments.toArray(String[]::new));
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    private static String python() {
        for (String python : List.of("python3", "/usr/bin/python3")) {
            try {
                Process process = new ProcessBuilder(python, "-c", "import django, rest_framework, waitress, psycopg2")
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
                if (process.waitFor() == 0) {
                    return python;
                }
            } catch (IOException e) {
                // no such Python: the next one may do
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return "";
    }
}
