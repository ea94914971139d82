/// What a type of virtual machine gives, and what it costs.
package struct InstanceType: Hashable, Sendable {
    /// Its name, such as `t2.small`.
    package var name: String
    /// How many virtual processors it has.
    package var processors: Int
    /// Memory in GiB.
    package var memoryGiB: Double
    /// The processor's name.
    package var processor: String
    /// What it says about CPU credits; `nil` for a type that runs at full speed for ever.
    package var credits: CreditTerms?
    /// Network that it can count on, and what it gets for a while, in Gbit/s.
    package var networkGbps: (always: Double, burst: Double) { (networkBaseline, networkBurst) }
    /// On demand, in US dollars.
    package var usdPerHour: Double
    /// Where the numbers are from.
    package var source: String
    /// The date of the source, as YYYY-MM-DD.
    package var date: String

    private var networkBaseline: Double
    private var networkBurst: Double

    /// Memory in bytes.
    package var memoryBytes: UInt64 { UInt64(memoryGiB * 0x1p30) }

    /// How many processors' worth of time it has for ever.
    package var sustainedProcessors: Double { credits?.baselineProcessors ?? Double(processors) }

    /// A type of the given numbers.
    package init(
        name: String, processors: Int, memoryGiB: Double, processor: String = "", credits: CreditTerms? = nil,
        networkGbps: (always: Double, burst: Double) = (0, 0), usdPerHour: Double = 0, source: String = "",
        date: String = ""
    ) {
        self.name = name
        self.processors = processors
        self.memoryGiB = memoryGiB
        self.processor = processor
        self.credits = credits
        (networkBaseline, networkBurst) = networkGbps
        self.usdPerHour = usdPerHour
        self.source = source
        self.date = date
    }
}
