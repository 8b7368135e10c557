package io.atmosfera.integration.analysis;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** Build files in XML. A document type is not looked at, so no entity is ever fetched or multiplied. */
final class XmlBuildFiles {

    private static final int DEEPEST = 200;

    private XmlBuildFiles() {}

    /** What a pom.xml says; dependencies as group:artifact, where its properties or parent do not hide them. */
    static BuildFile maven(String text) {
        Pom pom = new Pom();
        read(text, pom);
        String group = pom.group == null ? pom.parentGroup : pom.group;
        String version = pom.version == null ? pom.parentVersion : pom.version;
        String name = pom.artifact == null ? null : (group == null ? "" : group) + ':' + pom.artifact;
        return new BuildFile(
                name,
                version == null || version.contains("${") ? null : version,
                pom.modules,
                pom.dependencies.stream()
                        .map(dependency -> dependency
                                .replace("${project.groupId}", String.valueOf(group))
                                .replace("${groupId}", String.valueOf(group)))
                        .toList(),
                List.of());
    }

    static BuildFile dotNet(String text) {
        DotNet project = new DotNet();
        read(text, project);
        return new BuildFile(project.name, project.version, List.of(), project.packages, project.projects);
    }

    /** What is told of a document: each element by its path, when it ends. */
    private interface Listener {
        void start(String path, XMLStreamReader reader);

        void end(String path, String text);
    }

    private static final class Pom implements Listener {
        private static final Set<String> DEPENDENCY = Set.of(
                "project/dependencies/dependency",
                "project/profiles/profile/dependencies/dependency",
                // Its platform: what the parent is says more than many a dependency.
                "project/parent");

        private @Nullable String group;
        private @Nullable String artifact;
        private @Nullable String version;
        private @Nullable String parentGroup;
        private @Nullable String parentVersion;
        private final List<String> modules = new ArrayList<>();
        private final List<String> dependencies = new ArrayList<>();
        private String dependencyGroup = "";
        private String dependencyArtifact = "";

        @Override
        public void start(String path, XMLStreamReader reader) {
            if (DEPENDENCY.contains(path)) {
                dependencyGroup = "";
                dependencyArtifact = "";
            }
        }

        @Override
        public void end(String path, String text) {
            switch (path) {
                case "project/groupId" -> group = text;
                case "project/artifactId" -> artifact = text;
                case "project/version" -> version = text;
                case "project/parent/groupId" -> parentGroup = text;
                case "project/parent/version" -> parentVersion = text;
                case "project/modules/module",
                        "project/profiles/profile/modules/module",
                        "project/subprojects/subproject" -> modules.add(text);
                default -> {
                    // Nothing that is asked for.
                }
            }
            int last = path.lastIndexOf('/');
            if (last > 0 && DEPENDENCY.contains(path.substring(0, last))) {
                if (path.endsWith("/groupId")) {
                    dependencyGroup = text;
                } else if (path.endsWith("/artifactId")) {
                    dependencyArtifact = text;
                }
            }
            if (DEPENDENCY.contains(path) && !dependencyArtifact.isEmpty()) {
                dependencies.add(dependencyGroup + ':' + dependencyArtifact);
            }
        }
    }

    private static final class DotNet implements Listener {
        private @Nullable String name;
        private @Nullable String version;
        private final List<String> packages = new ArrayList<>();
        private final List<String> projects = new ArrayList<>();

        @Override
        public void start(String path, XMLStreamReader reader) {
            String include = reader.getAttributeValue(null, "Include");
            if (include == null) {
                return;
            }
            if (path.endsWith("/PackageReference")) {
                packages.add(include);
            } else if (path.endsWith("/ProjectReference")) {
                projects.add(include.replace('\\', '/'));
            }
        }

        @Override
        public void end(String path, String text) {
            if (path.endsWith("PropertyGroup/AssemblyName") || path.endsWith("PropertyGroup/PackageId")) {
                name = text;
            } else if (path.endsWith("PropertyGroup/Version")) {
                version = text;
            }
        }
    }

    /** Reads as far as the document can be read. */
    private static void read(String text, Listener listener) {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        List<String> path = new ArrayList<>();
        StringBuilder content = new StringBuilder();
        try {
            XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(text));
            while (reader.hasNext() && path.size() < DEEPEST) {
                switch (reader.next()) {
                    case XMLStreamConstants.START_ELEMENT -> {
                        path.add(reader.getLocalName());
                        content.setLength(0);
                        listener.start(String.join("/", path), reader);
                    }
                    case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
                        if (content.length() < BuildFile.LONGEST) {
                            content.append(reader.getText());
                        }
                    }
                    case XMLStreamConstants.END_ELEMENT -> {
                        listener.end(String.join("/", path), content.toString().strip());
                        path.remove(path.size() - 1);
                        content.setLength(0);
                    }
                    default -> {
                        // Comments, instructions, entities: nothing that is asked for.
                    }
                }
            }
        } catch (XMLStreamException malformed) {
            // What was read before counts.
            return;
        }
    }
}
