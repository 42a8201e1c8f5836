package dev.headroom.cli.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A hosting platform or container, by the marks that it leaves in the environment. */
final class Platform {
    /** Variables that a platform sets, and its name. */
    private static final List<Map.Entry<String, String>> MARKS = List.of(
            Map.entry("DYNO", "a Heroku dyno"),
            Map.entry("K_SERVICE", "Cloud Run"),
            Map.entry("FLY_APP_NAME", "Fly.io"),
            Map.entry("RENDER", "Render"),
            Map.entry("RAILWAY_ENVIRONMENT", "Railway"),
            Map.entry("VCAP_APPLICATION", "Cloud Foundry"),
            Map.entry("WEBSITE_INSTANCE_ID", "Azure App Service"),
            Map.entry("KUBERNETES_SERVICE_HOST", "a Kubernetes pod"),
            Map.entry("ECS_CONTAINER_METADATA_URI_V4", "an ECS task"),
            Map.entry("container", "a container"));

    private static final List<Path> FILES = List.of(Path.of("/.dockerenv"), Path.of("/run/.containerenv"));

    private Platform() {}

    /** What we run in, in words; null for an ordinary machine. */
    static @Nullable String recognise(Map<String, String> environment) {
        return recognise(environment, FILES);
    }

    static @Nullable String recognise(Map<String, String> environment, List<Path> files) {
        for (Map.Entry<String, String> mark : MARKS) {
            if (environment.containsKey(mark.getKey())) {
                return mark.getValue();
            }
        }
        return files.stream().anyMatch(Files::exists) ? "a container" : null;
    }
}
