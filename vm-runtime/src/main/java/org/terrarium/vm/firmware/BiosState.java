package org.terrarium.vm.firmware;

/**
 * What the built-in BIOS keeps outside of guest memory.
 *
 * @param boot where the boot process stands
 * @param cdBoot the CD the machine was booted from
 * @param framebuffer address of the linear framebuffer, 0 when none
 */
public record BiosState(BootState boot, CdBootState cdBoot, int framebuffer) {
    /**
     * The boot manager.
     *
     * @param screen ordinal of the screen shown
     * @param candidate index of the boot candidate last tried
     * @param deadlineTicks BIOS tick count at which waiting for a key ends
     * @param selection chosen line of a menu
     * @param draft the setup screen's values not yet stored
     */
    public record BootState(
            int screen, int candidate, int deadlineTicks, int selection, java.util.List<Integer> draft) {
        public BootState {
            draft = java.util.List.copyOf(draft);
        }
    }

    /**
     * El Torito emulation.
     *
     * @param drive index of the CD drive, -1 when not booted from CD
     * @param emulating whether a drive is emulated now
     */
    public record CdBootState(
            int drive,
            boolean emulating,
            int media,
            int segment,
            int systemType,
            int sectors,
            long lba,
            int[] geometry) {
        public CdBootState {
            geometry = geometry.clone();
        }

        @Override
        public boolean equals(Object o) {
            return o instanceof CdBootState s
                    && drive == s.drive
                    && emulating == s.emulating
                    && media == s.media
                    && segment == s.segment
                    && systemType == s.systemType
                    && sectors == s.sectors
                    && lba == s.lba
                    && java.util.Arrays.equals(geometry, s.geometry);
        }

        @Override
        public int hashCode() {
            return java.util.Objects.hash(drive, emulating, media, segment, sectors, lba);
        }
    }
}
