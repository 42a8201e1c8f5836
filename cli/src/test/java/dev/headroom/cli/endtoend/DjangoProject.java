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
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A copy of a Django project, to be run and changed. */
final class DjangoProject {
    /** A Python that has what the project imports; empty where there is none. */
    static final String PYTHON = python();

    /** What the story's project is called after the renaming, by the names of its own. */
    private static final Map<String, String> OTHER_NAMES = Map.ofEntries(
            Map.entry("Company", "Firm"),
            Map.entry("Office", "Branch"),
            Map.entry("User", "Person"),
            Map.entry("Address", "Location"),
            Map.entry("Order", "Purchase"),
            Map.entry("company", "firm"),
            Map.entry("office", "branch"),
            Map.entry("offices", "branches"),
            Map.entry("user", "person"),
            Map.entry("users", "people"),
            Map.entry("addresses", "locations"),
            Map.entry("active", "current"),
            Map.entry("active_address", "location_now"),
            Map.entry("company_id", "firm_id"),
            Map.entry("office_id", "branch_id"),
            Map.entry("user_id", "person_id"),
            Map.entry("office__company", "branch__firm"));

    private final Path folder;
    private final EmbeddedPostgres database;
    private final Map<String, String> variables;
    private final String application;

    private DjangoProject(Path folder, EmbeddedPostgres database, Map<String, String> variables, String application) {
        this.folder = folder;
        this.database = database;
        this.variables = variables;
        this.application = application;
    }

    /** The project of most Python tests (python/tests/shop). */
    static DjangoProject copyTo(Path folder, EmbeddedPostgres database) throws IOException {
        copy(Path.of("../python/tests"), "shop", folder);
        return new DjangoProject(
                folder, database, Map.of("DJANGO_SETTINGS_MODULE", "shop.settings"), "shop.wsgi:application");
    }

    /** The project that wastes in many ways (python/tests/clinic). */
    static DjangoProject clinic(Path folder, EmbeddedPostgres database) throws IOException {
        copy(Path.of("../python/tests"), "clinic", folder);
        return new DjangoProject(
                folder, database, Map.of("DJANGO_SETTINGS_MODULE", "clinic.settings"), "clinic.wsgi:application");
    }

    /** The story's project, with other names for its models, fields and relations. */
    static DjangoProject renamedOrders(Path folder, EmbeddedPostgres database) throws IOException {
        copy(Path.of("../examples/django-orders"), "", folder);
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file :
                    files.filter(name -> name.toString().endsWith(".py")).toList()) {
                String renamed = Pattern.compile("\\w+")
                        .matcher(Files.readString(file))
                        .replaceAll(word -> OTHER_NAMES.getOrDefault(word.group(), word.group()));
                Files.writeString(file, renamed.replace("orders.company", "orders.firm"));
            }
        }
        return new DjangoProject(
                folder,
                database,
                Map.of("DJANGO_SETTINGS_MODULE", "mysite.settings", "ORDERS_STAGE", "before"),
                "wsgi:application");
    }

    private static void copy(Path source, String below, Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(source.resolve(below))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = folder.resolve(source.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
    }

    /** Applies a fix, from the finding's JSON alone. */
    void applyAdvice(String finding) throws Exception {
        Path json = Files.writeString(folder.resolve("finding.json"), finding);
        Process process = new ProcessBuilder(
                        PYTHON,
                        Path.of("../python/tests/apply_advice.py")
                                .toAbsolutePath()
                                .toString(),
                        folder.toString())
                .redirectInput(json.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("applied.log").toFile())
                .start();
        assertThat(process.waitFor(180, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as(finding + Files.readString(folder.resolve("applied.log")))
                .isZero();
    }

    /** Creates the tables, with 20 books and no others, each of another author and with three labels. */
    void fill() throws Exception {
        python("""
                import django; django.setup()
                from django.core.management import call_command
                call_command("migrate", run_syncdb=True, verbosity=0)
                call_command("flush", interactive=False, verbosity=0)
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
        assertThat(process.waitFor(180, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as(Files.readString(folder.resolve("python.log")))
                .isZero();
    }

    Map<String, String> environment() {
        Map<String, String> environment = new TreeMap<>(variables);
        environment.put("DATABASE_URL", "postgres://postgres@127.0.0.1:" + database.getPort() + "/postgres");
        environment.put("PYTHONDONTWRITEBYTECODE", "1");
        return environment;
    }

    /**
     * The project under {@code headroom run}, answering requests. What it has to tell when it is ended is waited for a
     * twentieth of the grace.
     */
    HeadroomProcess run(Path recording, String... options) {
        List<String> arguments = new ArrayList<>(List.of("run", "--grace", "100s", "--out", recording.toString()));
        arguments.addAll(List.of(options));
        arguments.addAll(List.of("--", PYTHON, "-m", "waitress", "--threads=8", "--port={port}", application));
        return HeadroomProcess.start(folder, environment(), arguments.toArray(String[]::new));
    }

    HeadroomProcess run(Path recording, Map<String, String> environment, String... command) {
        List<String> arguments =
                new ArrayList<>(List.of("run", "--grace", "100s", "--out", recording.toString(), "--"));
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
