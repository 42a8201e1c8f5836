package dev.headroom.cli.config;

import dev.headroom.core.FileFailure;
import dev.headroom.core.check.Budget;
import dev.headroom.core.check.Silence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlTable;

/**
 * What {@code headroom.toml} says.
 *
 * @param silences findings that are not to be reported
 * @param budgets the most statements that one request may run, by operation ({@code GET /api/orders})
 */
public record HeadroomToml(List<Silence> silences, List<Budget> budgets) {
    /** What holds without a file. */
    public static final HeadroomToml NONE = new HeadroomToml(List.of(), List.of());

    /** The file's name. */
    public static final String NAME = "headroom.toml";

    private static final Set<String> SILENCE_KEYS =
            Set.of("check", "route", "shape", "id", "call-site", "reason", "expires");

    public HeadroomToml {
        silences = List.copyOf(silences);
        budgets = List.copyOf(budgets);
    }

    /**
     * Reads the file; where there is none, nothing is said.
     *
     * @throws ConfigurationException if it is not what it should be, with the line
     */
    public static HeadroomToml read(Path file) {
        if (!Files.exists(file)) {
            return NONE;
        }
        TomlParseResult parsed;
        try {
            parsed = Toml.parse(file);
        } catch (IOException e) {
            throw new ConfigurationException(file + " could not be read: " + FileFailure.reason(e));
        }
        if (parsed.hasErrors()) {
            var error = parsed.errors().get(0);
            throw new ConfigurationException(file + ", line " + error.position().line() + ": " + error.getMessage());
        }
        for (String key : parsed.keySet()) {
            if (!key.equals("silence") && !key.equals("budget")) {
                throw new ConfigurationException(place(file, parsed, key) + "there is no section \"" + key
                        + "\"; the sections are [[silence]] and [budget]");
            }
        }
        return new HeadroomToml(silences(file, parsed), budgets(file, parsed));
    }

    /**
     * Reads a file that the user named.
     *
     * @throws ConfigurationException if it isn't there, or is not what it should be
     */
    public static HeadroomToml readNamed(Path file) {
        if (!Files.exists(file)) {
            throw new ConfigurationException("There is no file " + file + ", which --config names.");
        }
        return read(file);
    }

    private static List<Silence> silences(Path file, TomlParseResult parsed) {
        List<Silence> silences = new ArrayList<>();
        if (!parsed.contains("silence")) {
            return silences;
        }
        if (!parsed.isArray("silence")) {
            throw new ConfigurationException(
                    place(file, parsed, "silence") + "a silence is written as [[silence]], with two brackets");
        }
        TomlArray array = parsed.getArrayOrEmpty("silence");
        for (int i = 0; i < array.size(); i++) {
            if (!(array.get(i) instanceof TomlTable table)) {
                throw new ConfigurationException(
                        place(file, parsed, "silence") + "a silence is written as [[silence]], with its keys below");
            }
            silences.add(silence(file, table));
        }
        return silences;
    }

    private static Silence silence(Path file, TomlTable table) {
        for (String key : table.keySet()) {
            if (!SILENCE_KEYS.contains(key)) {
                throw new ConfigurationException(place(file, table, key) + "a silence has no \"" + key
                        + "\"; it has check, route, shape, id, call-site, reason and expires");
            }
        }
        if (table.contains("expires") && !table.isLocalDate("expires")) {
            throw new ConfigurationException(
                    place(file, table, "expires") + "expires is a date without quotes, such as 2030-01-31");
        }
        LocalDate expires = table.getLocalDate("expires");
        String any = table.keySet().stream().findFirst().orElse("");
        try {
            return new Silence(
                    text(file, table, "check"),
                    text(file, table, "route"),
                    text(file, table, "shape"),
                    text(file, table, "id"),
                    text(file, table, "call-site"),
                    table.contains("reason") ? String.valueOf(text(file, table, "reason")) : "",
                    expires);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(place(file, table, any) + e.getMessage());
        }
    }

    private static @Nullable String text(Path file, TomlTable table, String key) {
        if (table.contains(key) && !table.isString(key)) {
            throw new ConfigurationException(place(file, table, key) + key + " is a text in quotes");
        }
        return table.getString(key);
    }

    private static List<Budget> budgets(Path file, TomlParseResult parsed) {
        List<Budget> budgets = new ArrayList<>();
        if (!parsed.contains("budget")) {
            return budgets;
        }
        if (!parsed.isTable("budget")) {
            throw new ConfigurationException(place(file, parsed, "budget") + "budgets are written below [budget]");
        }
        TomlTable table = parsed.getTableOrEmpty("budget");
        for (String operation : table.keySet()) {
            List<String> path = List.of(operation);
            Long most = table.isLong(path) ? table.getLong(path) : null;
            if (most == null || most < 0) {
                throw new ConfigurationException(place(file, table, operation) + "\"" + operation
                        + "\" needs a whole number, as in \"GET /api/orders\" = 10");
            }
            budgets.add(new Budget(operation, most));
        }
        return budgets;
    }

    private static String place(Path file, TomlTable table, String key) {
        var position = key.isEmpty() ? null : table.inputPositionOf(List.of(key));
        return position == null ? file + ": " : file + ", line " + position.line() + ": ";
    }
}
