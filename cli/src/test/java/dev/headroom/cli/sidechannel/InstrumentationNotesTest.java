package dev.headroom.cli.sidechannel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstrumentationNotesTest {
    private final InstrumentationFacts facts = new InstrumentationFacts();

    @TempDir
    private Path folder;

    @Test
    void aPythonThatSaysNoHelloIsNamed() {
        assertThat(InstrumentationNotes.of(facts, true, 10))
                .singleElement()
                .asString()
                .startsWith("no hello");
        assertThat(InstrumentationNotes.of(facts, false, 10)).isEmpty();
    }

    @Test
    void aDatabaseWhoseAddressTheProjectKeepsItselfIsToldHowToBeNamed() {
        facts.hello("python", "3.11.2");
        facts.opened("postgresql");
        assertThat(InstrumentationNotes.of(facts, true, 0))
                .singleElement()
                .asString()
                .startsWith("the app opened no connection through the proxy")
                .contains("--db");
        assertThat(InstrumentationNotes.of(facts, true, 10)).isEmpty();
    }

    @Test
    void anotherDatabaseIsNamed() {
        facts.hello("python", "3.11.2");
        facts.opened("sqlite");
        assertThat(InstrumentationNotes.of(facts, true, 0))
                .singleElement()
                .asString()
                .contains("sqlite");
    }

    @Test
    void whatWasLostIsCounted() {
        facts.hello("python", "3.11.2");
        facts.lost(3);
        facts.unreadable();
        assertThat(InstrumentationNotes.of(facts, true, 10)).hasSize(2);
    }

    @Test
    void pythonIsKnownByItsNameOrItsScriptsFirstLine() throws IOException {
        Path script = folder.resolve("waitress-serve");
        Files.writeString(script, "#!/usr/bin/python3\nprint()\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        String path = folder.toString();
        assertThat(PythonCommand.is(List.of("python3.12", "-m", "x"), path)).isTrue();
        assertThat(PythonCommand.is(List.of("waitress-serve"), path)).isTrue();
        assertThat(PythonCommand.is(List.of("/bin/sh", "-c", "exec waitress-serve --port=1"), path))
                .isTrue();
        assertThat(PythonCommand.is(List.of(script.toString()), path)).isTrue();
        assertThat(PythonCommand.is(List.of("java", "-jar", "x"), path)).isFalse();
        assertThat(PythonCommand.is(List.of("/nonexistent/java"), path)).isFalse();
    }
}
