// @ts-check
import './theme.js';
import './own-pages.js';
import { App } from './app.js';
import { watchLightbox } from './views/picture-view.js';

watchLightbox();
new App(/** @type {HTMLElement} */ (document.getElementById('app'))).start();
