package dev.headroom.core.report;

import dev.headroom.core.check.Evidence;
import dev.headroom.core.check.Finding;
import dev.headroom.core.check.Level;
import dev.headroom.core.trace.CallSite;

/**
 * Findings as workflow commands of GitHub Actions, which shows them at the line ("Workflow commands for GitHub Actions",
 * section "Setting a warning message").
 */
public final class GitHubAnnotations {
    private GitHubAnnotations() {}

    /** One command a line. */
    public static String render(RunReport report) {
        StringBuilder commands = new StringBuilder();
        for (Finding finding : report.findings()) {
            boolean notice = finding.level() == Level.NOTE || finding.evidence() == Evidence.HINT;
            commands.append(notice ? "::notice " : "::warning ");
            CallSite site = finding.callSite();
            if (site != null) {
                commands.append("file=").append(property(site.file())).append(',');
                if (site.line() > 0) {
                    commands.append("line=").append(site.line()).append(',');
                }
            }
            commands.append("title=")
                    .append(property("Headroom: " + finding.check() + " ("
                            + finding.evidence().word() + ")"))
                    .append("::")
                    .append(data(SarifReport.message(finding)))
                    .append('\n');
        }
        return commands.toString();
    }

    private static String data(String text) {
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }

    private static String property(String text) {
        return data(text).replace(":", "%3A").replace(",", "%2C");
    }
}
