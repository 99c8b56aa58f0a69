// The contents list follows: it marks the section whose heading was the last to pass the upper third of the window.
const links = [...document.querySelectorAll("nav.contents a")];
const headings = links.map((link) => document.getElementById(link.hash.slice(1)));
const foot = document.querySelector("footer.site");

const follow = () => {
  const line = innerHeight * 0.35, atEnd = scrollY > 0 && scrollY + innerHeight >= document.documentElement.scrollHeight - 2;
  const here = atEnd ? headings.length - 1 : headings.findLastIndex((heading) => heading.getBoundingClientRect().top < line);
  links.forEach((link, index) => (index === here ? link.setAttribute("aria-current", "true") : link.removeAttribute("aria-current")));
};

if (links.length) {
  // The zone reaches far up, so that a heading that is jumped over has entered it too.
  const passing = new IntersectionObserver(follow, { rootMargin: "1000000px 0px -65% 0px" });
  headings.forEach((heading) => passing.observe(heading));
  new IntersectionObserver(follow, { threshold: [0.5, 0.9, 1] }).observe(foot); // a last section may be too short to reach the line
}
