package dev.headroom.cli.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Documents name what exists: every class and path in backticks, and every relative link. */
class DocumentsTest {
    private static final Path ROOT = root();
    private static final Pattern CODE = Pattern.compile("`([^`\n]+)`");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)(?:#[^)]*)?\\)");
    private static final Pattern CLASS = Pattern.compile("[A-Z][a-z0-9]+(?:[A-Z][A-Za-z0-9]*)+");
    private static final Pattern PATH = Pattern.compile("(?:[A-Za-z0-9_.-]+/)+[A-Za-z0-9_.-]*");

    private static Path root() {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve("mvnw"))) {
                return folder;
            }
        }
        throw new IllegalStateException("not in a checkout");
    }

    static Stream<Path> documents() throws IOException {
        List<Path> documents = new ArrayList<>(List.of(ROOT.resolve("README.md"), ROOT.resolve("CONTRIBUTING.md")));
        try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            docs.filter(path -> path.toString().endsWith(".md")).forEach(documents::add);
        }
        return documents.stream().map(ROOT::relativize);
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyRelativeLinkLeadsSomewhere(Path document) throws IOException {
        Path file = ROOT.resolve(document);
        List<String> broken = new ArrayList<>();
        Matcher link = LINK.matcher(Files.readString(file));
        while (link.find()) {
            String target = link.group(1);
            if (!target.contains(":") && !Files.exists(file.resolveSibling(target))) {
                broken.add(target);
            }
        }
        assertThat(broken).isEmpty();
    }

    static Stream<Path> namingDocuments() {
        return Stream.of(Path.of("docs/ARCHITECTURE.md"), Path.of("CONTRIBUTING.md"));
    }

    @ParameterizedTest
    @MethodSource("namingDocuments")
    void everyClassAndPathThatIsNamedExists(Path document) throws IOException {
        Set<String> classes = sources();
        List<String> missing = new ArrayList<>();
        Matcher code = CODE.matcher(Files.readString(ROOT.resolve(document)));
        while (code.find()) {
            String name = code.group(1);
            if (CLASS.matcher(name).matches() && !classes.contains(name)) {
                missing.add(name);
            } else if (PATH.matcher(name).matches() && !Files.exists(ROOT.resolve(name))) {
                missing.add(name);
            }
        }
        assertThat(missing).isEmpty();
    }

    private static Set<String> sources() throws IOException {
        Set<String> names = new HashSet<>();
        try (Stream<Path> files = Files.walk(ROOT)) {
            files.map(path -> path.getFileName().toString())
                    .filter(name -> name.endsWith(".java"))
                    .forEach(name -> names.add(name.substring(0, name.length() - ".java".length())));
        }
        return names;
    }
}
