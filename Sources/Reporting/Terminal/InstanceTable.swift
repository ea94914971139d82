/// Instance types, what they give and what they cost, for a person to read.
///
/// Pure: rows in, text out.
package struct InstanceTable {
    /// A type.
    package struct Row {
        /// Its name.
        package var name: String
        /// Virtual processors.
        package var processors: Int
        /// Memory.
        package var memoryGiB: Double
        /// What it says of CPU credits; `nil` for a type that runs at full speed for ever.
        package var credits: Credits?
        /// Network that it can count on, and that it gets for a while.
        package var networkGbps: (always: Double, burst: Double)
        /// On demand.
        package var usdPerHour: Double
        /// Where the numbers are from, and of which day.
        package var source: String

        /// A row of the given values.
        package init(
            name: String, processors: Int, memoryGiB: Double, credits: Credits?,
            networkGbps: (always: Double, burst: Double), usdPerHour: Double, source: String
        ) {
            self.name = name
            self.processors = processors
            self.memoryGiB = memoryGiB
            self.credits = credits
            self.networkGbps = networkGbps
            self.usdPerHour = usdPerHour
            self.source = source
        }
    }

    /// What a burstable type says of CPU credits.
    package struct Credits {
        /// Processors' worth of time that it has for ever.
        package var baselineProcessors: Double
        /// Credits that come in.
        package var perHour: Double
        /// The most that are kept.
        package var maximum: Double
        /// What a new machine has.
        package var launch: Double
        /// Minutes at full use from launch credits, and from all that can be kept.
        package var minutes: (launch: Double, full: Double)
        /// What happens then.
        package var mode: String

        /// Credits of the given values.
        package init(
            baselineProcessors: Double, perHour: Double, maximum: Double, launch: Double,
            minutes: (launch: Double, full: Double), mode: String
        ) {
            self.baselineProcessors = baselineProcessors
            self.perHour = perHour
            self.maximum = maximum
            self.launch = launch
            self.minutes = minutes
            self.mode = mode
        }
    }

    /// The types, in order.
    package var rows: [Row]

    /// A table of these types.
    package init(rows: [Row]) { self.rows = rows }

    /// The text, ending with a line break.
    package func render() -> String {
        let sources = rows.reduce(into: [String]()) { sources, row in
            if !sources.contains(row.source) { sources.append(row.source) }
        }
        let notes = sources.map { source in
            rows.filter { $0.source == source }.map(\.name).joined(separator: ", ") + ": " + source
        }
        return [machines.rendered, credits.rendered].compactMap(\.self).joined(separator: "\n\n") + "\n\n"
            + notes.joined(separator: "\n") + "\n"
    }

    private var machines: TitledTable {
        TitledTable(
            title: "Machines",
            headings: [
                .text("type"), .number("vCPU"), .number("memory"), .number("for ever"), .number("network"),
                .number("for a while"), .number("an hour"),
            ],
            rows: rows.map { row in
                [
                    row.name, "\(row.processors)", "\(HumanNumber.number(row.memoryGiB)) GiB",
                    "\(HumanNumber.number(row.credits?.baselineProcessors ?? Double(row.processors))) vCPU",
                    "\(HumanNumber.number(row.networkGbps.always)) Gbit/s",
                    "\(HumanNumber.number(row.networkGbps.burst)) Gbit/s", "$\(row.usdPerHour.fixed(4))",
                ]
            })
    }

    private var credits: TitledTable {
        TitledTable(
            title: "CPU credits: 1 is one vCPU for one minute",
            headings: [
                .text("type"), .number("an hour"), .number("at most"), .number("at launch"), .number("launch lasts"),
                .number("most lasts"), .text("then"),
            ],
            rows: rows.compactMap { row in
                row.credits.map { credits in
                    [
                        row.name, HumanNumber.number(credits.perHour), HumanNumber.number(credits.maximum),
                        HumanNumber.number(credits.launch), Self.minutes(credits.minutes.launch),
                        Self.minutes(credits.minutes.full), credits.mode,
                    ]
                }
            })
    }

    private static func minutes(_ minutes: Double) -> String { minutes == 0 ? "–" : "\(minutes.fixed(1)) min" }
}
