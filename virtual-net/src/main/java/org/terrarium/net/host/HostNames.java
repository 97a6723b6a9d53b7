package org.terrarium.net.host;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The host's name servers, as its resolver's configuration names them (resolv.conf(5)); read again when the file changes. */
public final class HostNames implements Supplier<List<InetSocketAddress>> {
    private static final int PORT = 53;
    private static final int MAX_SERVERS = 3;

    private final Path file;
    private FileTime seen;
    private List<InetSocketAddress> servers = List.of();

    public HostNames(Path file) {
        this.file = file;
    }

    /** Those of this host. */
    public static HostNames system() {
        return new HostNames(Path.of("/etc/resolv.conf"));
    }

    @Override
    public List<InetSocketAddress> get() {
        try {
            FileTime time = Files.getLastModifiedTime(file);
            if (!time.equals(seen)) {
                seen = time;
                servers = read();
            }
        } catch (IOException e) {
            servers = List.of();
        }
        return servers;
    }

    private List<InetSocketAddress> read() throws IOException {
        List<InetSocketAddress> found = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            String[] words = line.strip().split("\\s+");
            if (words.length >= 2 && words[0].equals("nameserver") && found.size() < MAX_SERVERS) {
                // Only an address may stand here, so that this never asks a name server for a name.
                if (words[1].matches("[0-9.]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.%a-z]*")) {
                    found.add(new InetSocketAddress(InetAddress.getByName(words[1]), PORT));
                }
            }
        }
        return List.copyOf(found);
    }
}
