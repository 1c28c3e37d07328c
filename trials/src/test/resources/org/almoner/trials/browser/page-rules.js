// Looks at a page and returns one sentence for each fault. Contrast: WCAG 2.2, 1.4.3 and 1.4.11.
const faults = [];
const all = (selector) => [...document.querySelectorAll(selector)];
const seen = (element) => element.checkVisibility({ checkVisibilityCSS: true });
const name = (element) => element.tagName.toLowerCase() + (element.id ? '#' + element.id : '')
  + ' "' + (element.textContent || '').trim().slice(0, 30) + '"';

// Structure
for (const landmark of ['header', 'nav', 'main', 'footer']) {
  if (all(landmark).length !== 1) {
    faults.push(all(landmark).length + ' of <' + landmark + '>, expected 1');
  }
}
if (document.documentElement.lang === '') {
  faults.push('the page has no language');
}
if (document.title === '') {
  faults.push('the page has no title');
}
const headings = all('h1, h2, h3, h4, h5, h6').filter(seen);
if (headings.filter((h) => h.tagName === 'H1').length !== 1 || headings[0].tagName !== 'H1') {
  faults.push('the page does not begin with its one h1');
}
headings.reduce((before, heading) => {
  const level = Number(heading.tagName[1]);
  if (level > before + 1) {
    faults.push(name(heading) + ' leaves out a level');
  }
  return level;
}, 0);
const ids = all('[id]').map((element) => element.id);
ids.filter((id, i) => ids.indexOf(id) !== i).forEach((id) => faults.push('two elements are #' + id));
for (const attribute of ['aria-labelledby', 'aria-describedby']) {
  for (const element of all('[' + attribute + ']')) {
    for (const id of element.getAttribute(attribute).split(' ')) {
      if (!ids.includes(id)) {
        faults.push(name(element) + ' names #' + id + ', which is not there');
      }
    }
  }
}
for (const field of all('input, select, textarea')) {
  if (field.labels.length === 0) {
    faults.push(name(field) + ' has no label');
  }
}
for (const element of all('a, button').filter(seen)) {
  if (element.textContent.trim() === '' && !element.hasAttribute('aria-label')) {
    faults.push(name(element) + ' has no name');
  }
}
for (const bar of all('progress')) {
  if (!bar.hasAttribute('aria-label')) {
    faults.push(name(bar) + ' has no name');
  }
}
if (all('[style], [onclick], style, script:not([src])').length > 0) {
  faults.push('something is inline');
}

// Layout
const view = document.documentElement;
if (view.scrollWidth > view.clientWidth) {
  faults.push('the page is ' + view.scrollWidth + ' wide on a screen of ' + view.clientWidth);
}
for (const target of all('a, button, input').filter(seen)) {
  const box = target.getBoundingClientRect();
  if (box.height < 24 && getComputedStyle(target).display !== 'inline') {
    faults.push(name(target) + ' is ' + box.height + ' high, too low for a finger');
  }
}

// Colours
const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
function rgba(colour) {
  canvas.clearRect(0, 0, 1, 1);
  canvas.fillStyle = colour;
  canvas.fillRect(0, 0, 1, 1);
  const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
  return [r, g, b, a / 255];
}
function ground(element) {
  for (let at = element; at !== null; at = at.parentElement) {
    const colour = rgba(getComputedStyle(at).backgroundColor);
    if (colour[3] === 1) {
      return colour;
    }
    if (colour[3] > 0) {
      throw new Error(name(at) + ' is half transparent; colours must be plain to be measured');
    }
  }
  return [255, 255, 255, 1];
}
function luminance(colour) {
  const [r, g, b] = colour.slice(0, 3).map((octet) => {
    const part = octet / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
function contrast(one, other) {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}
let measured = 0;
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
for (let text = walker.nextNode(); text !== null; text = walker.nextNode()) {
  const element = text.parentElement;
  if (text.data.trim() === '' || !seen(element)) {
    continue;
  }
  const style = getComputedStyle(element);
  const size = parseFloat(style.fontSize);
  const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
  const ratio = contrast(rgba(style.color), ground(element));
  measured += 1;
  if (ratio < (large ? 3 : 4.5)) {
    faults.push(name(element) + ' has a contrast of ' + ratio.toFixed(2));
  }
}
if (measured < 10) {
  faults.push('only ' + measured + ' texts were measured');
}
for (const field of all('input, button')) {
  const ratio = contrast(rgba(getComputedStyle(field).borderTopColor), ground(field.parentElement));
  if (ratio < 3) {
    faults.push(name(field) + ' has an edge of contrast ' + ratio.toFixed(2));
  }
}

// Focus
for (const target of all('a, button, input, pre, summary').filter(seen)) {
  target.focus({ focusVisible: true, preventScroll: true });
  const style = getComputedStyle(target);
  if (style.outlineStyle === 'none' || parseFloat(style.outlineWidth) < 2) {
    faults.push(name(target) + ' does not show that it has the focus');
  } else if (contrast(rgba(style.outlineColor), ground(target.parentElement)) < 3) {
    faults.push(name(target) + ' has a focus that is hard to see');
  }
}
document.activeElement.blur();
return faults;
