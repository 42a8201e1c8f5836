package dev.headroom.server.page;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** axe-core in a page: which of its rules what is shown now breaks. */
public final class Axe {
    private Axe() {}

    /** The rules that are broken, each with the first elements that break it; empty where none is. */
    @SuppressWarnings("unchecked")
    public static List<String> violations(Page page) {
        try (InputStream script = Objects.requireNonNull(Axe.class.getResourceAsStream("/axe.min.js"))) {
            page.evaluate(new String(script.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return (List<String>) page.evaluate("async () => (await axe.run()).violations.map(each =>"
                + " each.id + ': ' + each.nodes.slice(0, 3).map(node => node.html.slice(0, 160)).join(' | '))");
    }
}
