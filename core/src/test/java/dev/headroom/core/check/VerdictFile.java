package dev.headroom.core.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Verdicts of all scenarios of one kind as lines for {@code benchmarks/scenarios.py}: fields separated by tabs. */
public final class VerdictFile {
    private final String kind;
    private final List<String> lines = new ArrayList<>();

    /** Of scenarios of a kind: {@code trace} or {@code wire}. */
    public VerdictFile(String kind) {
        this.kind = kind;
    }

    /** Adds what one scenario brought; a line without a check says that it was tried. */
    public void add(Expectation expectation, List<Verdict> verdicts) {
        String start = kind + "\t" + expectation.origin() + "\t" + expectation.name() + "\t";
        lines.add(start + (expectation.wanted().isEmpty() ? "silence" : "report") + "\t-\tTRIED");
        for (Verdict verdict : verdicts) {
            lines.add(start + verdict.check() + "\t" + verdict.word() + "\t" + verdict.kind());
        }
    }

    /** Writes {@code target/scenarios-KIND.tsv} of the module whose tests run. */
    public void write() throws IOException {
        Path folder = Files.createDirectories(Path.of("target"));
        Files.write(folder.resolve("scenarios-" + kind + ".tsv"), lines);
    }
}
