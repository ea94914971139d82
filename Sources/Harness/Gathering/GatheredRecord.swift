import Measurement
import Reporting

/// What is known of the parts of a run on several hosts, once it is over.
struct GatheredRecord {
    /// One part.
    struct Part {
        let name: String
        let card: PartCard
        /// How its clock becomes the run's; `nil` where it was never measured.
        let alignment: ClockAlignment?
        /// Whether its journals are in the run's folder.
        let isCollected: Bool
    }

    /// Redis' clock beside this host's, whose times the run's are; `nil` where it could not be read.
    let clock: ClockEstimate?
    /// The parts, in the order of their roles.
    let parts: [Part]

    /// The parts whose journals the run lacks.
    var missing: [String] { parts.filter { !$0.isCollected && $0.card.role.keepsJournals }.map(\.name) }

    /// The rows of `clocks.csv`.
    ///
    /// - Parameter host: the name of this host.
    func rows(_ key: RunKey, host: String) -> [ClockRow] {
        [row(key, host, "conductor", "conductor", clock, .identity, isCollected: true)]
            + parts.map { part in
                row(
                    key, part.card.origin.host.name, part.card.role.rawValue, part.name, part.card.clock,
                    part.alignment,
                    isCollected: part.isCollected || !part.card.role.keepsJournals)
            }
    }

    /// The machines and programs of the parts, for the manifest.
    var processes: [JoinedProcess] {
        parts.map { part in
            let origin = part.card.origin
            return JoinedProcess(
                name: part.name, role: part.card.role.rawValue, host: origin.host, versions: origin.versions,
                programSHA256: origin.programSHA256)
        }
    }

    private func row(
        _ key: RunKey, _ host: String, _ role: String, _ name: String, _ clock: ClockEstimate?,
        _ alignment: ClockAlignment?, isCollected: Bool
    ) -> ClockRow {
        ClockRow(
            key: key, host: host, role: role, name: name, isShared: alignment == .identity,
            offsetMicroseconds: alignment.map { Double($0.offset) / 1e3 },
            errorMicroseconds: alignment.map { $0.error / 1e3 },
            driftPartsPerMillion: alignment.map { ($0.drift * 1e9).rounded() / 1e3 }, samples: clock?.samples ?? 0,
            roundTripMicroseconds: clock.map { Double($0.bestRoundTrip) / 1e3 },
            spanSeconds: Double(clock?.span ?? 0) / 1e9, isCollected: isCollected)
    }
}

extension ClockAlignment {
    /// That of a part's clock with the run's; `nil` where one of them was never measured.
    ///
    /// Who reads the same clock needs none, if what was measured does not contradict it: a machine that was copied while it ran
    /// has the names of the other's clock, and not its time.
    init?(of card: PartCard, to clock: ClockEstimate?, _ own: ClockIdentity?) {
        guard let clock, let measured = card.clock else { return nil }
        let alignment = ClockAlignment(measured, to: clock)
        let isShared = own != nil && own == card.origin.clock && Double(alignment.offset.magnitude) <= alignment.error
        self = isShared ? .identity : alignment
    }
}
