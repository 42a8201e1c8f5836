package dev.headroom.cli.command;

import dev.headroom.cli.view.ComparisonFormat;
import java.util.Arrays;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code markdown}, {@code json} and {@code sarif}. */
final class ComparisonFormatConverter implements ITypeConverter<ComparisonFormat> {
    @Override
    public ComparisonFormat convert(String text) {
        return Arrays.stream(ComparisonFormat.values())
                .filter(format -> format.word().equals(text))
                .findFirst()
                .orElseThrow(
                        () -> new TypeConversionException("'" + text + "' is none of " + ComparisonFormat.words()));
    }
}
