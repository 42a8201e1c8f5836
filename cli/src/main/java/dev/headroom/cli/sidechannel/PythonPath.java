package dev.headroom.cli.sidechannel;

import dev.headroom.core.HeadroomException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Puts the instrumentation for Python, which the jar carries, into a folder and onto a child's PYTHONPATH. */
public final class PythonPath {
    /** The variable that Python reads. */
    static final String VARIABLE = "PYTHONPATH";

    private static final String RESOURCES = "/headroom-python/";

    /** All files below python/ but its tests; a test compares. */
    static final List<String> FILES = List.of(
            "sitecustomize.py",
            "_headroom/__init__.py",
            "_headroom/asgi_requests.py",
            "_headroom/channel.py",
            "_headroom/declared.py",
            "_headroom/django_models.py",
            "_headroom/django_querysets.py",
            "_headroom/django_relations.py",
            "_headroom/django_requests.py",
            "_headroom/django_statements.py",
            "_headroom/django_views.py",
            "_headroom/drivers.py",
            "_headroom/drivers_async.py",
            "_headroom/files.py",
            "_headroom/guard.py",
            "_headroom/imports.py",
            "_headroom/places.py",
            "_headroom/requests.py",
            "_headroom/servers.py",
            "_headroom/snapshot.py",
            "_headroom/sqlalchemy_statements.py",
            "_headroom/start.py",
            "_headroom/statements.py",
            "_headroom/wsgi_requests.py");

    private PythonPath() {}

    /**
     * The variables that a child needs, besides those of the side channel.
     *
     * @param folder a private folder, in which {@code python/} is made
     * @param environment the child's so far
     * @throws HeadroomException if the files can't be written
     */
    public static Map<String, String> install(Path folder, Map<String, String> environment) {
        Path python = folder.resolve("python");
        try {
            for (String file : FILES) {
                Path target = python.resolve(file);
                Files.createDirectories(target.getParent());
                try (InputStream source = PythonPath.class.getResourceAsStream(RESOURCES + file)) {
                    if (source == null) {
                        throw new HeadroomException("Headroom's jar is incomplete: it lacks " + RESOURCES + file);
                    }
                    Files.copy(source, target);
                }
            }
        } catch (IOException e) {
            throw new HeadroomException(
                    "the instrumentation for Python could not be written to " + python + ": " + e.getMessage(), e);
        }
        Map<String, String> variables = new TreeMap<>();
        String theirs = environment.getOrDefault(VARIABLE, "");
        variables.put(VARIABLE, theirs.isEmpty() ? python.toString() : python + File.pathSeparator + theirs);
        return variables;
    }
}
