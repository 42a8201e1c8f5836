package dev.headroom.core.check;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What one finding, or the lack of one, was worth.
 *
 * @param check the check that spoke, or should have
 * @param word how it said that it knows; {@code -} where it said nothing
 * @param kind whether it was right
 * @param said the finding's title, or what was wanted
 */
public record Verdict(String check, String word, Kind kind, String said) {
    /** Right or wrong. */
    public enum Kind {
        /** Wanted, and said. */
        RIGHT,
        /** Said, and not wanted. */
        FALSE_ALARM,
        /** Wanted, and not said. */
        MISSED
    }

    /** Judges what was found. Findings that were put below others count as said. */
    public static List<Verdict> of(Expectation expectation, List<Finding> findings) {
        List<Expected> open = new ArrayList<>(expectation.wanted());
        List<Verdict> verdicts = new ArrayList<>();
        for (Finding finding :
                findings.stream().flatMap(Verdict::withConsequences).toList()) {
            Expected met = open.stream()
                    .filter(expected -> expected.metBy(finding))
                    .findFirst()
                    .orElse(null);
            boolean tolerated =
                    finding.level() == Level.NOTE && expectation.tolerated().contains(finding.check());
            if (met != null) {
                open.remove(met);
                verdicts.add(of(finding, Kind.RIGHT));
            } else if (!tolerated) {
                verdicts.add(of(finding, Kind.FALSE_ALARM));
            }
        }
        for (Expected expected : open) {
            verdicts.add(new Verdict(expected.check(), "-", Kind.MISSED, expected.toString()));
        }
        return verdicts;
    }

    private static Verdict of(Finding finding, Kind kind) {
        return new Verdict(
                finding.check(),
                finding.evidence().word(),
                kind,
                finding.level() + " " + finding.title() + " " + finding.details());
    }

    private static Stream<Finding> withConsequences(Finding finding) {
        return Stream.concat(Stream.of(finding), finding.consequences().stream().flatMap(Verdict::withConsequences));
    }
}
