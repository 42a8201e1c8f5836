package dev.headroom.cli.command;

import dev.headroom.core.check.Check;
import dev.headroom.core.check.Checks;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a check's name: a wrong one would let everything pass. */
final class CheckNameConverter implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
        List<String> names = Checks.all().stream().map(Check::id).toList();
        if (!names.contains(text)) {
            throw new TypeConversionException("'" + text + "' is no check; there are " + String.join(", ", names));
        }
        return text;
    }
}
