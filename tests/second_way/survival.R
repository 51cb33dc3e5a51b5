# python tests/second_way/survival_data.py FOLDER && Rscript tests/second_way/survival.R FOLDER > tests/second_way/survival_r.csv
# Prints case,value with 15 digits. timefix=FALSE where times are not whole: near-equal times are not merged.
library(survival)
folder <- commandArgs(TRUE)[1]
cat("# ", R.version.string, ", survival ", as.character(packageVersion("survival")), "\n", sep = "")
cat("case,value\n")
say <- function(case, values) for (i in seq_along(values)) cat(case, " ", i, ",", format(values[[i]], digits = 15), "\n", sep = "")
given <- function(name) read.csv(file.path(folder, paste0(name, ".csv")))
cox <- function(case, fit) {
  table <- summary(fit)$coef
  say(paste(case, "coef"), table[, "coef"])
  say(paste(case, "se"), table[, if ("robust se" %in% colnames(table)) "robust se" else "se(coef)"])
  say(paste(case, "loglik"), fit$loglik)
}
tight <- coxph.control(eps = 1e-14, iter.max = 50)

d <- given("trial")
d$any <- as.numeric(d$event > 0); d$relapse <- as.numeric(d$event == 1)
for (kind in c("plain", "log", "log-log")) {
  s <- summary(survfit(Surv(time, any) ~ 1, d, conf.type = kind), times = c(180, 365, 730, 1095))
  say(paste("trial km", kind), c(s$surv, s$std.err, s$lower, s$upper))
}
q <- quantile(survfit(Surv(time, any) ~ arm, d, conf.type = "log-log"), c(.25, .5))
say("trial quantiles", c(t(q$quantile), t(q$lower), t(q$upper)))
r <- summary(survfit(Surv(time, any) ~ arm, d), rmean = 1000)$table
say("trial rmst", c(r[, "rmean"], r[, "se(rmean)"]))
n <- survfit(Surv(time, any) ~ 1, d); at <- findInterval(c(180, 730), n$time)
say("trial nelson-aalen", c(n$cumhaz[at], n$std.chaz[at]))
say("trial log-rank", survdiff(Surv(time, relapse) ~ arm, d)$chisq)
say("trial log-rank rho 1", survdiff(Surv(time, relapse) ~ arm, d, rho = 1)$chisq)
say("trial log-rank strata", survdiff(Surv(time, relapse) ~ arm + strata(centre), d)$chisq)
say("trial log-rank centres", survdiff(Surv(time, any) ~ centre, d)$chisq)
for (rule in c("efron", "breslow")) {
  f <- coxph(Surv(time, relapse) ~ arm + age + sex, d, ties = rule, control = tight)
  cox(paste("trial cox", rule), f)
  say(paste("trial cox", rule, "tests"), c(summary(f)$logtest[1], f$wald.test, summary(f)$sctest[1]))
  for (g in c("km", "identity", "log", "rank")) say(paste("trial zph", rule, g), cox.zph(f, transform = g)$table[, "chisq"])
  s <- summary(survfit(f, newdata = data.frame(arm = 1, age = .5, sex = 0), conf.type = "log-log"), times = c(200, 900))
  say(paste("trial predicted", rule), c(s$surv, s$std.err, s$lower, s$upper))
  cox(paste("trial cox robust", rule), coxph(Surv(time, relapse) ~ arm + age + sex, d, ties = rule, control = tight, robust = TRUE))
  cox(paste("trial cox cluster", rule), coxph(Surv(time, relapse) ~ arm + age + cluster(centre), d, ties = rule, control = tight))
  cox(paste("trial cox strata", rule), coxph(Surv(time, relapse) ~ arm + age + strata(centre), d, ties = rule, control = tight))
}

d <- given("continuous")
d$relapse <- as.numeric(d$event == 1)
cox("continuous cox", coxph(Surv(time, relapse) ~ arm + age + sex, d, control = coxph.control(eps = 1e-14, timefix = FALSE)))

d <- given("weeks")
say("weeks log-rank", survdiff(Surv(time, event) ~ group, d)$chisq)
say("weeks log-rank strata rho 1", survdiff(Surv(time, event) ~ group + strata(stratum), d, rho = 1)$chisq)
s <- summary(survfit(Surv(entry, time, event) ~ 1, d, conf.type = "log-log"), times = c(2, 5, 9))
say("weeks km entry", c(s$n.risk, s$surv, s$std.err, s$lower, s$upper))
for (rule in c("efron", "breslow")) {
  f <- coxph(Surv(time, event) ~ factor(group) + score, d, ties = rule, control = tight)
  cox(paste("weeks cox", rule), f)
  say(paste("weeks zph", rule), cox.zph(f)$table[, "chisq"])
  f <- coxph(Surv(entry, time, event) ~ factor(group) + score + strata(stratum), d, ties = rule, control = tight)
  cox(paste("weeks cox entry strata", rule), f)
  say(paste("weeks zph entry strata", rule), cox.zph(f, transform = "identity")$table[, "chisq"])
  f <- coxph(Surv(entry, time, event) ~ factor(group) + score + strata(stratum) + cluster(group), d, ties = rule, control = tight)
  cox(paste("weeks cox entry cluster", rule), f)
}

d <- given("exposures")
d$id <- seq_len(nrow(d))
t <- tmerge(d[, c("id", "age")], d, id = id, died = event(time, event), ill = tdc(exposed))
say("exposures rows", c(nrow(t), sum(t$ill)))
cox("exposures cox", coxph(Surv(tstart, tstop, died) ~ ill + age, t, control = tight))
k <- d[d$time >= 20, ]; k$ill <- as.numeric(!is.na(k$exposed) & k$exposed < 20)
say("exposures landmark rows", c(nrow(k), sum(k$ill)))
cox("exposures landmark", coxph(Surv(time, event) ~ ill, k, control = tight))
