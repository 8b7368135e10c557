package io.atmosfera.integration.console;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The machine's own Chromium, driven by Playwright: one for all tests of a run. */
final class Chromium {

    /** The headless shell first: it takes half of the processor time that the whole browser takes. */
    private static final List<String> NAMES =
            List.of("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome");

    private static @Nullable Browser running;

    private Chromium() {}

    /** Where it is: the environment variable CHROMIUM, else the first on the PATH that bears its name. */
    static Optional<Path> executable() {
        Stream<Path> chosen = Optional.ofNullable(System.getenv("CHROMIUM")).map(Path::of).stream();
        String path = String.valueOf(System.getenv("PATH"));
        Stream<Path> found = NAMES.stream()
                .flatMap(name ->
                        Pattern.compile(File.pathSeparator).splitAsStream(path).map(folder -> Path.of(folder, name)));
        return Stream.concat(chosen, found).filter(Files::isExecutable).findFirst();
    }

    static synchronized Browser browser() {
        if (running == null) {
            Playwright playwright = Playwright.create(
                    new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
            running = playwright
                    .chromium()
                    .launch(new BrowserType.LaunchOptions()
                            .setExecutablePath(executable().orElseThrow())
                            .setArgs(List.of(
                                    "--no-sandbox",
                                    "--disable-gpu",
                                    "--no-first-run",
                                    "--disable-background-networking",
                                    "--disable-component-update",
                                    "--disable-sync")));
            Runtime.getRuntime().addShutdownHook(new Thread(playwright::close));
        }
        return running;
    }
}
