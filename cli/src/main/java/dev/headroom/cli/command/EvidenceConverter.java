package dev.headroom.cli.command;

import dev.headroom.core.check.Evidence;
import java.util.Arrays;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code proven}, {@code likely} or {@code hint}. */
final class EvidenceConverter implements ITypeConverter<Evidence> {
    @Override
    public Evidence convert(String text) {
        return Arrays.stream(Evidence.values())
                .filter(evidence -> evidence.word().equals(text))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("'" + text + "' is none of proven, likely and hint"));
    }
}
