package io.atmosfera.integration.analysis;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** Build files in XML. A document type is not looked at, so no entity is ever fetched or multiplied. */
final class XmlBuildFiles {

    private static final int DEEPEST = 200;

    private XmlBuildFiles() {}

    /** What a pom.xml says, dependencies as group:artifact; null where it is none. */
    static @Nullable BuildFile maven(String text) {
        PomFile pom = new PomFile();
        read(text, pom);
        return pom.build();
    }

    static BuildFile dotNet(String text) {
        DotNet project = new DotNet();
        read(text, project);
        return new BuildFile(project.name, project.version, List.of(), project.packages, project.projects);
    }

    /** What a listener gets of a document: each element with its path, when it ends. */
    interface Listener {
        void start(String path, XMLStreamReader reader);

        void end(String path, String text);
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
