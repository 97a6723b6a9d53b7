package org.terrarium.app.settings;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.StringBinding;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.terrarium.net.MacAddress;
import org.terrarium.net.nat.PortForward;
import org.terrarium.vm.NicModel;
import org.terrarium.vm.spec.BootSpec;
import org.terrarium.vm.spec.NetTarget;
import org.terrarium.vm.spec.NetTarget.Kind;
import org.terrarium.vm.spec.NicSpec;
import org.terrarium.vm.spec.PortSpec;

/** A network card that is being edited. */
public final class CardModel {
    private final ObjectProperty<NicModel> model = new SimpleObjectProperty<>(this, "model");
    private final StringProperty mac = new SimpleStringProperty(this, "mac");
    private final ObjectProperty<Kind> net = new SimpleObjectProperty<>(this, "net");
    private final StringProperty name = new SimpleStringProperty(this, "name");
    private final StringProperty natName = new SimpleStringProperty(this, "natName");
    private final StringProperty forwards = new SimpleStringProperty(this, "forwards");
    private final BooleanProperty hostLoopback = new SimpleBooleanProperty(this, "hostLoopback");
    private final BooleanProperty cable = new SimpleBooleanProperty(this, "cable", true);
    private final PortSpec port;
    private final NetBootModel boot;
    private final StringBinding problem;

    CardModel(NicSpec nic) {
        model.set(nic.model());
        mac.set(nic.mac().toString());
        net.set(nic.net().kind());
        String named = nic.net().name();
        name.set(nic.net().shared() ? named : "lab");
        port = nic.port();
        boot = new NetBootModel(nic.boot());
        natName.set(nic.net().kind() == Kind.NAT && named != null ? named : "");
        forwards.set(nic.forwards().stream().map(PortForward::text).collect(Collectors.joining("\n")));
        hostLoopback.set(nic.hostLoopback());
        problem = Bindings.createStringBinding(
                this::check,
                model,
                mac,
                net,
                name,
                natName,
                forwards,
                hostLoopback,
                boot.romProblem(),
                boot.tftpProblem(),
                boot.fileProblem());
    }

    /** One as machines usually have it, with a new address. */
    static CardModel usual(RandomGenerator random) {
        return new CardModel(NicSpec.usual(random));
    }

    public ObjectProperty<NicModel> modelProperty() {
        return model;
    }

    public StringProperty macProperty() {
        return mac;
    }

    public ObjectProperty<Kind> netProperty() {
        return net;
    }

    /** Of a private or host-only network. */
    public StringProperty nameProperty() {
        return name;
    }

    /** Of the description in the library that a network with NAT follows; empty for the usual addresses. */
    public StringProperty natNameProperty() {
        return natName;
    }

    /** One a line, as on the command line. */
    public StringProperty forwardsProperty() {
        return forwards;
    }

    public BooleanProperty hostLoopbackProperty() {
        return hostLoopback;
    }

    /** Whether the cable of a running machine's card is plugged in. */
    public BooleanProperty cableProperty() {
        return cable;
    }

    /** How it boots the machine from the network; folder and file only with NAT. */
    public NetBootModel boot() {
        return boot;
    }

    /** One sentence, or empty. */
    public StringBinding problem() {
        return problem;
    }

    private String check() {
        return boot.problem().isEmpty() ? Refusal.of(this::spec) : boot.problem();
    }

    NicSpec spec() {
        boolean nat = net.get() == Kind.NAT;
        String described = natName.get().strip();
        NetTarget target = switch (net.get()) {
            case PRIVATE, HOST_ONLY -> new NetTarget(net.get(), name.get().strip());
            case NAT -> described.isEmpty() ? NetTarget.NAT : new NetTarget(Kind.NAT, described);
            case NONE -> NetTarget.NONE;
        };
        List<PortForward> ports = Arrays.stream(forwards.get().split("\\R"))
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .map(PortForward::parse)
                .toList();
        return new NicSpec(
                model.get(),
                MacAddress.parse(mac.get().strip()),
                target,
                nat ? ports : List.of(),
                nat && hostLoopback.get(),
                port,
                nat ? boot.spec() : BootSpec.NONE.withRom(boot.spec().rom()));
    }
}
