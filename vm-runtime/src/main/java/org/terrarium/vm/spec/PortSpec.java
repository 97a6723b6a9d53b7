package org.terrarium.vm.spec;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.terrarium.net.link.PortGroup;

/**
 * How a card's port of the switch is set when its machine starts.
 *
 * @param group the name of a port group in the network's description, or null
 * @param vlans the virtual networks, where no group says them
 * @param promiscuous whether the card gets every frame of its virtual networks
 * @param connected whether the cable is plugged in
 */
public record PortSpec(String group, PortGroup vlans, boolean promiscuous, boolean connected) {
    /** As a port is when nothing is said about it. */
    public static final PortSpec USUAL = new PortSpec(null, PortGroup.USUAL, false, true);

    public PortSpec {
        Checks.present("vlan", vlans);
        if (group != null) {
            NetTarget.checkName(group);
            if (!vlans.equals(PortGroup.USUAL)) {
                throw new IllegalArgumentException("group: the port group says the VLANs; leave out vlan and trunk");
            }
        }
    }

    PortSpec withGroup(String value) {
        return new PortSpec(value, vlans, promiscuous, connected);
    }

    PortSpec withVlans(PortGroup value) {
        return new PortSpec(group, value, promiscuous, connected);
    }

    PortSpec withPromiscuous(boolean on) {
        return new PortSpec(group, vlans, on, connected);
    }

    /** The same with the cable plugged in or not. */
    public PortSpec withConnected(boolean on) {
        return new PortSpec(group, vlans, promiscuous, on);
    }

    /** One VLAN's number; IllegalArgumentException with a sentence otherwise. */
    static int vlan(String text) {
        int number = text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : 0;
        if (number < 1 || number > PortGroup.MAX_VLAN) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no VLAN; write a number from 1 to " + PortGroup.MAX_VLAN);
        }
        return number;
    }

    /** VLANs' numbers between separators; none in an empty text. */
    public static Set<Integer> trunk(String text, String separator) {
        return Arrays.stream(text.split(separator))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .map(PortSpec::vlan)
                .collect(Collectors.toUnmodifiableSet());
    }
}
