package io.atmosfera.integration.analysis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** Takes from a pom.xml what it says, with its properties still unresolved: they may be its parents'. */
final class PomFile implements XmlBuildFiles.Listener {

    private static final Set<String> DEPENDENCY =
            Set.of("project/dependencies/dependency", "project/profiles/profile/dependencies/dependency");
    private static final Set<String> MANAGED = Set.of(
            "project/dependencyManagement/dependencies/dependency",
            "project/profiles/profile/dependencyManagement/dependencies/dependency");
    private static final String TEST = "test";

    private @Nullable String group;
    private @Nullable String artifact;
    private @Nullable String version;
    private @Nullable String parentGroup;
    private @Nullable String parentArtifact;
    private @Nullable String parentVersion;
    private String parentPath = "../pom.xml";
    private final List<String> modules = new ArrayList<>();
    private final List<String> dependencies = new ArrayList<>();
    private final List<String> tests = new ArrayList<>();
    private final List<String> unscoped = new ArrayList<>();
    private final List<String> testManaged = new ArrayList<>();
    private final Map<String, String> properties = new HashMap<>();
    private String dependencyGroup = "";
    private String dependencyArtifact = "";
    private String scope = "";

    @Override
    public void start(String path, XMLStreamReader reader) {
        if (DEPENDENCY.contains(path) || MANAGED.contains(path)) {
            dependencyGroup = "";
            dependencyArtifact = "";
            scope = "";
        }
    }

    @Override
    public void end(String path, String text) {
        switch (path) {
            case "project/groupId" -> group = text;
            case "project/artifactId" -> artifact = text;
            case "project/version" -> version = text;
            case "project/parent/groupId" -> parentGroup = text;
            case "project/parent/artifactId" -> parentArtifact = text;
            case "project/parent/version" -> parentVersion = text;
            case "project/parent/relativePath" -> parentPath = text;
            case "project/modules/module",
                    "project/profiles/profile/modules/module",
                    "project/subprojects/subproject",
                    "project/profiles/profile/subprojects/subproject" -> modules.add(text);
            default -> part(path, text);
        }
    }

    private void part(String path, String text) {
        int last = path.lastIndexOf('/');
        String above = path.substring(0, Math.max(0, last));
        if (above.equals("project/properties")) {
            if (properties.size() < BuildFile.MOST && text.length() < BuildFile.LONGEST) {
                properties.putIfAbsent(path.substring(last + 1), text);
            }
        } else if (DEPENDENCY.contains(above) || MANAGED.contains(above)) {
            switch (path.substring(last + 1)) {
                case "groupId" -> dependencyGroup = text;
                case "artifactId" -> dependencyArtifact = text;
                case "scope" -> scope = text;
                default -> {
                    // Its version, exclusions and the like tell nothing of what depends on what.
                }
            }
        }
        if (!dependencyArtifact.isEmpty()) {
            String name = dependencyGroup + ':' + dependencyArtifact;
            if (DEPENDENCY.contains(path)) {
                (scope.equals(TEST) ? tests : dependencies).add(name);
                if (scope.isEmpty()) {
                    unscoped.add(name);
                }
            } else if (MANAGED.contains(path) && scope.equals(TEST)) {
                testManaged.add(name);
            }
        }
    }

    /** Null where it is no pom: it does not say what it builds. */
    @Nullable
    BuildFile build() {
        if (artifact == null) {
            return null;
        }
        String ownGroup = group != null ? group : parentGroup != null ? parentGroup : "";
        String ownVersion = version == null ? parentVersion : version;
        String parent = parentArtifact == null ? null : (parentGroup == null ? "" : parentGroup) + ':' + parentArtifact;
        properties.put("project.groupId", ownGroup);
        properties.put("project.artifactId", artifact);
        properties.put("project.version", ownVersion == null ? "" : ownVersion);
        properties.put("project.parent.groupId", parentGroup == null ? "" : parentGroup);
        properties.put("project.parent.version", parentVersion == null ? "" : parentVersion);
        if (parent != null) {
            // Its platform: what the parent is says more than many a dependency.
            dependencies.add(0, parent);
        }
        return new BuildFile(
                ownGroup + ':' + artifact,
                ownVersion,
                modules,
                own(dependencies, ownGroup),
                own(tests, ownGroup),
                List.of(),
                List.of(),
                Map.of(),
                new BuildFile.Maven(
                        parent, parentPath, properties, own(testManaged, ownGroup), own(unscoped, ownGroup)));
    }

    private static List<String> own(List<String> names, String group) {
        return names.stream()
                .map(name -> name.replace("${project.groupId}", group).replace("${groupId}", group))
                .toList();
    }
}
