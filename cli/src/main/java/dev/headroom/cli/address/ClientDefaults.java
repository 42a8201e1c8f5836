package dev.headroom.cli.address;

import dev.headroom.cli.sidechannel.PythonCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where an app's driver looks for a server that nothing names. libpq takes the socket in the folder that it was built
 * with, and so do the drivers on it and their imitations; those of Node and the JVM take localhost.
 */
final class ClientDefaults {
    private static final List<Path> SOCKET_FOLDERS = List.of(Path.of("/var/run/postgresql"), Path.of("/tmp"));

    /** Programs whose usual driver never looks for a socket by itself: node-postgres, pgjdbc. */
    private static final Set<String> LOCALHOST =
            Set.of("node", "npm", "npx", "yarn", "pnpm", "bun", "deno", "java", "mvn", "mvnw", "gradle", "gradlew");

    /** Programs whose usual driver is libpq or looks where libpq does, besides Python's. */
    private static final Set<String> LIBPQ = Set.of(
            "ruby", "rails", "rake", "bundle", "puma", "php", "php-fpm", "psql", "pgbench", "pg_dump", "pg_restore");

    private final List<String> command;
    private final String path;
    private final List<Path> folders;

    private ClientDefaults(List<String> command, String path, List<Path> folders) {
        this.command = command;
        this.path = path;
        this.folders = folders;
    }

    /** Those of the app that this command starts; {@code path} is its PATH. */
    static ClientDefaults of(List<String> command, String path) {
        return of(command, path, SOCKET_FOLDERS);
    }

    static ClientDefaults of(List<String> command, String path, List<Path> folders) {
        return new ClientDefaults(command, path, folders);
    }

    /** What the app's driver takes for a missing host, as far as can be told. */
    String host(int port) {
        String folder = LOCALHOST.contains(program()) ? null : socketFolder(port);
        return folder == null ? "localhost" : folder;
    }

    /** The folder whose socket the app's driver takes by itself; null where it may not look for one, or there is none. */
    @Nullable
    String certainSocketFolder(int port) {
        boolean looks = LIBPQ.contains(program()) || !command.isEmpty() && PythonCommand.is(command, path);
        return looks ? socketFolder(port) : null;
    }

    /** The folder where libpq finds a socket of that number; null where there is none. */
    @Nullable
    String socketFolder(int port) {
        for (Path folder : folders) {
            if (Files.exists(folder.resolve(".s.PGSQL." + port))) {
                return folder.toString();
            }
        }
        return null;
    }

    /** The program's name without its folder and version; of a shell's command, the first word that is no variable. */
    private String program() {
        if (command.isEmpty()) {
            return "";
        }
        String program = command.get(0);
        if (command.size() >= 3 && command.get(1).equals("-c") && program.endsWith("sh")) {
            program = command.get(2).strip().replaceFirst("^(?:exec\\s+|\\w+=\\S*\\s+)*", "");
            program = program.split("\\s", 2)[0];
        }
        String name = program.substring(program.lastIndexOf('/') + 1);
        return name.toLowerCase(Locale.ROOT).replaceFirst("[0-9.]+$", "");
    }
}
