/// What a burstable type says about CPU credits. One credit is one processor for one minute.
package struct CreditTerms: Hashable, Sendable {
    /// What happens when the credits are spent.
    package enum Mode: String, CaseIterable, Sendable {
        /// The machine slows down to its baseline.
        case standard
        /// It goes on at full speed, and surplus credits are paid for.
        case unlimited
    }

    /// How many processors there are.
    package var processors: Int
    /// How many processors' worth of time the credits that come in pay for.
    package var baselineProcessors: Double
    /// Credits that come in.
    package var perHour: Double
    /// The most that are kept; more come in and are lost. Launch credits do not count.
    package var maximum: Double
    /// What a new machine has. They are spent first, and never come again.
    package var launch: Double
    /// What happens when they are spent.
    package var mode: Mode
    /// What 60 surplus credits cost, in US dollars.
    package var surplusUSDPerProcessorHour: Double
    /// How long a machine that goes on at full use takes to slow down to its baseline. A t2.micro was seen to take a quarter
    /// of an hour; the guide says "gradually".
    package var glideMinutes = 15.0

    /// Terms of the given numbers.
    package init(
        processors: Int, baselineProcessors: Double, perHour: Double, maximum: Double, launch: Double,
        mode: Mode = .standard, surplusUSDPerProcessorHour: Double = 0
    ) {
        self.processors = processors
        self.baselineProcessors = baselineProcessors
        self.perHour = perHour
        self.maximum = maximum
        self.launch = launch
        self.mode = mode
        self.surplusUSDPerProcessorHour = surplusUSDPerProcessorHour
    }

    /// The balance below which the machine slows down: what a glide from full speed to the baseline spends, in a straight
    /// line.
    package var glideCredits: Double { (Double(processors) - baselineProcessors) * glideMinutes / 2 }

    /// How many processors' worth of time there is at a balance: all of it, then, as the balance falls, less and less down
    /// to the baseline. At full use that is a straight line in time.
    package func allowedProcessors(atBalance balance: Double) -> Double {
        let all = Double(processors)
        guard mode == .standard, baselineProcessors < all, balance < glideCredits else { return all }
        return baselineProcessors + (all - baselineProcessors) * (max(0, balance) / glideCredits).squareRoot()
    }
}
